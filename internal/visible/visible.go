// Package visible makes text that strangers wrote safe to look at: what would hide or
// reorder other text is spelled out.
//
// It imports the standard library only.
package visible

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Line returns a text on one line, without marks that cannot be seen.
func Line(s string) string { return Block(strings.Join(strings.Fields(s), " ")) }

// Escaped returns a text as one line, in which line breaks are \n.
func Escaped(s string) string { return strings.ReplaceAll(Block(s), "\n", `\n`) }

// command begins a line that the log of a workflow takes for a command.
var command = regexp.MustCompile(`\n([ \t]*(?:::|##\[))`)

// Remark is like [Block] and leaves no line that begins like a command for the log of a
// workflow. Only what is written for such a log has any.
func Remark(s string) string { return command.ReplaceAllString(Block(s), `\n$1`) }

// Block returns a text of lines. Control characters and those that turn the direction
// of writing, which can show another text than there is, become escapes such as \u202e.
// They are those of JSON, so that a document of it stays the same. Joiners stay, because
// scripts need them. What is not UTF-8 becomes U+FFFD.
func Block(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !hidden(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

const zeroWidthNonJoiner, zeroWidthJoiner = '\u200c', '\u200d'

func hidden(r rune) bool {
	switch r {
	case '\n', '\t', zeroWidthNonJoiner, zeroWidthJoiner:
		return false
	default:
		return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	}
}

// Segment is a part of a line: a name in back-ticks, without them, or the text between.
type Segment struct {
	Code bool
	Text string
}

// Segments splits a line at the names that stand in back-ticks. A back-tick without a
// partner is text.
func Segments(s string) []Segment {
	var out []Segment
	rest := Line(s)
	for {
		before, after, found := strings.Cut(rest, "`")
		name, behind, closed := strings.Cut(after, "`")
		name = strings.TrimSpace(name)
		if !found || !closed || name == "" {
			break
		}
		if before != "" {
			out = append(out, Segment{Text: before})
		}
		out = append(out, Segment{Code: true, Text: name})
		rest = behind
	}
	if rest != "" {
		out = append(out, Segment{Text: rest})
	}
	return out
}
