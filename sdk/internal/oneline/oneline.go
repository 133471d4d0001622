// Package oneline makes text of a peer safe to show in an error or a log line.
// It imports only the standard library.
package oneline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Of returns text as one line: everything that is not a visible character
// becomes a space, runs of spaces become one, and what is longer than limit
// bytes is cut.
func Of(text string, limit int) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		if r == utf8.RuneError || !unicode.IsPrint(r) || r == ' ' {
			space = b.Len() > 0
			continue
		}
		if b.Len()+utf8.RuneLen(r) > limit {
			b.WriteString("...")
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
