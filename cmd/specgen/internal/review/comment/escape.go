package comment

import (
	"regexp"
	"strings"

	"github.com/ackgen/ackgen/internal/visible"
)

// breakers keep GitHub from finding mentions, references to issues and addresses in a
// text: each is cut by a comment that nobody sees.
var breakers = strings.NewReplacer("@", "@<!-- -->", "#", "#<!-- -->", "://", ":<!-- -->//", "www.", "www<!-- -->.", "GH-", "GH<!-- -->-", "gh-", "gh<!-- -->-")

// specials have a meaning in Markdown or HTML.
var specials = regexp.MustCompile("[\\\\`*_\\[\\]<>~|$&]")

// longest is how many characters of a text are shown. The page has all of it.
const longest = 400

// short cuts a text that is too long for a comment.
func short(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// prose prints a line of text. Names in back-ticks stay code, and all else is shown as
// it is.
func prose(s string) string {
	var b strings.Builder
	behindCode := false
	for _, segment := range visible.Segments(short(s)) {
		if segment.Code {
			if behindCode {
				b.WriteString("<!-- -->") // else the back-ticks of both would be one run
			}
			b.WriteString(code(segment.Text))
			behindCode = true
			continue
		}
		behindCode = false
		b.WriteString(breakers.Replace(specials.ReplaceAllStringFunc(segment.Text, escape)))
	}
	return b.String()
}

// escape writes a special character so that it is only itself.
func escape(c string) string {
	switch c {
	case "<":
		return "&lt;"
	case ">":
		return "&gt;"
	case "&":
		return "&amp;"
	case "$": // begins a formula, also behind a backslash
		return "<span>$</span>"
	default:
		return `\` + c
	}
}

// code prints a line as code.
func code(s string) string {
	s = short(visible.Line(s))
	if s == "" {
		return "` `"
	}
	ticks := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// fence prints lines as a block of code in a language.
func fence(language string, lines []string) string {
	var items []item
	var b strings.Builder
	for _, line := range lines {
		items = append(items, item{text: line})
		b.WriteString(codeLine(line))
	}
	run := ticks(items)
	return run + language + "\n" + b.String() + run + "\n"
}

// codeLine prints one line of a block of code.
func codeLine(s string) string {
	return visible.Block(strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", " ")) + "\n"
}

// longestRun returns the length of the longest run of back-ticks.
func longestRun(s string) int {
	found, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		found = max(found, run)
	}
	return found
}
