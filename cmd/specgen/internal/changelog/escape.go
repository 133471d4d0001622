package changelog

import (
	"regexp"
	"strings"
	"unicode"
)

// span is a piece of code that a message may mark as such. What else stands between
// back-ticks is text.
var span = regexp.MustCompile("`[A-Za-z0-9_.,:$/{}()\\[\\] *-]+`")

// escape returns text of a spec as one line of Markdown that shows it as it is. It
// makes no link, no HTML, no table and no mention of anyone.
func escape(text string) string {
	text = oneLine(text)
	var b strings.Builder
	rest := text
	for {
		at := span.FindStringIndex(rest)
		if at == nil {
			break
		}
		escapeWords(&b, rest[:at[0]])
		b.WriteString(rest[at[0]:at[1]])
		rest = rest[at[1]:]
	}
	escapeWords(&b, rest)
	return b.String()
}

func escapeWords(b *strings.Builder, text string) {
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case strings.ContainsRune("\\`*[]<>|~&", r), r == '_' && !inWord(runes, i), r == '#' && !inWord(runes, i):
			b.WriteString(`\`)
		case r == '@':
			b.WriteString("@\u200b") // GitHub tells people whose name follows a bare one
			continue
		}
		b.WriteRune(r)
	}
}

// inWord reports whether letters surround a character, where it means nothing.
func inWord(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && isWord(runes[i-1]) && isWord(runes[i+1])
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// code returns a name as a piece of code.
func code(name string) string {
	return "`" + strings.ReplaceAll(oneLine(name), "`", "'") + "`"
}

// oneLine makes every run of white space and control characters one space. What turns
// the direction of text around is left out.
func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		default:
			return r
		}
	}, text)
	return strings.Join(strings.Fields(clean), " ")
}
