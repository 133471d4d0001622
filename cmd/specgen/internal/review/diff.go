package review

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Line is one line of a comparison.
type Line struct {
	// Mark is + for a line of head alone, - for one of base alone, a space for one of
	// both, and @ where lines of both are left out.
	Mark string
	Text string
}

// Lines compares two texts line by line. Of what both have, a few lines around the
// differences are left. Equal texts have every line.
func Lines(base, head string) []Line {
	base, head = lineEnded(base), lineEnded(head)
	if base == head {
		return marked(" ", base)
	}
	if base == "" {
		return marked("+", head)
	}
	if head == "" {
		return marked("-", base)
	}
	var out []Line
	text := string(diff.Diff("base", []byte(base), "head", []byte(head)))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for _, line := range lines[min(3, len(lines)):] { // three lines name the texts
		switch {
		case !strings.HasPrefix(line, "@"):
			out = append(out, Line{Mark: line[:1], Text: line[1:]})
		case len(out) > 0 || !strings.HasPrefix(line, "@@ -1,"):
			out = append(out, Line{Mark: "@"})
		}
	}
	return out
}

func lineEnded(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

func marked(mark, text string) []Line {
	var out []Line
	for line := range strings.Lines(text) {
		out = append(out, Line{Mark: mark, Text: strings.TrimSuffix(line, "\n")})
	}
	return out
}
