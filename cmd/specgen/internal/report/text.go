package report

import (
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// Text writes changes for people, grouped by level. The outlook may be empty.
func Text(changes []change.Change, summary Summary, outlook string) string {
	var b strings.Builder
	for _, level := range levels {
		list := ofLevel(changes, level)
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s (%d)\n", level, len(list))
		for _, c := range list {
			writeText(&b, c)
		}
		b.WriteString("\n")
	}
	b.WriteString(closing(summary, outlook) + "\n")
	return b.String()
}

func writeText(b *strings.Builder, c change.Change) {
	fmt.Fprintf(b, "  - %s\n", clean(c.Message))
	for _, line := range [][2]string{
		{"at", Place(c)}, {"in", Operations(c)}, {"kind", string(c.Area) + " " + c.Kind + " " + c.Fingerprint()}, {"advice", c.Advice},
	} {
		if line[1] != "" {
			fmt.Fprintf(b, "      %-6s  %s\n", line[0], clean(line[1]))
		}
	}
}
