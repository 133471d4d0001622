package report

import (
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// Markdown writes changes as a comment on a pull request: what breaks and what is risky
// for all to see, the rest folded. The outlook may be empty.
func Markdown(changes []change.Change, summary Summary, outlook string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(closing(summary, outlook), "\n") {
		fmt.Fprintf(&b, "%s\n\n", Escape(line))
	}
	for _, level := range levels {
		list := ofLevel(changes, level)
		if len(list) == 0 {
			continue
		}
		title := fmt.Sprintf("%s%s (%d)", strings.ToUpper(level.String()[:1]), level.String()[1:], len(list))
		if level >= change.Risky {
			fmt.Fprintf(&b, "### %s\n\n%s\n", title, table(list))
		} else {
			fmt.Fprintf(&b, "<details><summary>%s</summary>\n\n%s\n</details>\n\n", title, table(list))
		}
	}
	return b.String()
}

func table(changes []change.Change) string {
	var b strings.Builder
	b.WriteString("| change | operations | place | fingerprint |\n| --- | --- | --- | --- |\n")
	for _, c := range changes {
		text := Escape(c.Message)
		if c.Advice != "" {
			text += "<br>" + c.Advice // it is a text of ours, with code in back-ticks
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", text, Escape(Operations(c)), Escape(Place(c)), c.Fingerprint())
	}
	return b.String()
}

// unseen is a character that nobody sees and that keeps words apart.
const unseen = "&#8203;"

// escapes keep a text from being anything but text: no markup, no cells of a table, no
// links, and no names of people and issues that GitHub would notify.
var escapes = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "~", `\~`, "[", `\[`, "]", `\]`,
	"!", `\!`, "$", `\$`, "@", "@"+unseen, "#", "#"+unseen, "://", ":"+unseen+"//", "www.", "www"+unseen+".", "GH-", "GH"+unseen+"-",
)

// Escape writes a text so that Markdown shows it as it is, on one line.
func Escape(text string) string { return escapes.Replace(clean(text)) }
