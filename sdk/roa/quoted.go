package roa

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// masker replaces secrets, and remembers them, so that they can be replaced where
// a service quotes them.
type masker struct{ found []string }

// shortestQuoted is the length below which a secret is not looked for in other
// texts: it would be found in all of them.
const shortestQuoted = 4

// keep remembers a secret, also as it stands in a URL or a form, and in one of these in
// a URL: a service that refuses a signature quotes the request that it wanted to see signed.
func (m *masker) keep(secret string) {
	inURL := string(appendEscaped(nil, secret))
	inForm := strings.ReplaceAll(inURL, "%20", "+")
	twice, formTwice := appendEscaped(nil, inURL), appendEscaped(nil, inForm)
	for _, form := range [...]string{secret, strings.TrimSpace(secret), inURL, inForm, string(twice), string(formTwice)} {
		if len(form) >= shortestQuoted && !slices.Contains(m.found, form) {
			m.found = append(m.found, form)
		}
	}
}

// secretSeparator lies between the secrets of a call option, which is plain data.
const secretSeparator = "\x00"

func (m *masker) keepAll(secrets string) {
	for secret := range strings.SplitSeq(secrets, secretSeparator) {
		m.keep(secret)
	}
}

// withoutFound replaces all secrets that were found, the longest first, as one may be
// a part of another.
func (m *masker) withoutFound(text []byte) []byte {
	slices.SortFunc(m.found, func(a, b string) int { return len(b) - len(a) })
	for _, secret := range m.found {
		text = withoutSecret(text, secret)
	}
	return text
}

// withoutSecret replaces a secret wherever a text quotes it. Each of its characters
// may be escaped in the manner of JSON, once or more often, or of URLs.
func withoutSecret(text []byte, secret string) []byte {
	if secret == "" {
		return text
	}
	var clean []byte
	kept := 0
	for i := 0; i < len(text); {
		n := quotedLen(text[i:], secret)
		if n == 0 {
			i++
			continue
		}
		clean = append(append(clean, text[kept:i]...), redacted...)
		i += n
		kept = i
	}
	if kept == 0 {
		return text
	}
	return append(clean, text[kept:]...)
}

// quotedLen returns how many bytes the secret takes at the start of a text, or 0
// when it does not stand there.
func quotedLen(text []byte, secret string) int {
	if c := text[0]; c != secret[0] && c != '\\' && c != '%' && c != '+' && c != '&' {
		return 0 // nearly every place: this makes long texts fast
	}
	if len(text) >= len(secret) && string(text[:len(secret)]) == secret {
		return len(secret) // also where backslashes could be read in pairs
	}
	if n := quotedAs(text, secret, false); n > 0 || !strings.Contains(secret, "%") {
		return n
	}
	return quotedAs(text, secret, true)
}

// quotedAs does the same for one way of writing percent signs: in "%25" a text alone does
// not tell whether the sign stands as it is, so that it must be the same in the whole secret.
func quotedAs(text []byte, secret string, percentEscaped bool) int {
	at := 0
	for i, r := range secret {
		_, size := utf8.DecodeRuneInString(secret[i:])
		n := 0
		if percentEscaped && r == '%' {
			n = prefixFold(text[at:], "%25")
		}
		if n == 0 {
			n = quotedChar(text[at:], secret[i:i+size], r)
		}
		if n == 0 {
			return 0
		}
		at += n
	}
	return at
}

// quotedChar does the same for one character.
func quotedChar(text []byte, char string, r rune) int {
	switch {
	case len(text) == 0:
		return 0
	case r == '\\' && unicodeEscape(text, r) > 0:
		return unicodeEscape(text, r)
	case r == '&' && entityLen(text, r) > 0:
		return entityLen(text, r)
	case bytes.HasPrefix(text, []byte(char)):
		return len(char)
	case text[0] == '+' && r == ' ':
		return 1
	case text[0] == '%':
		escape := percentEscape(char)
		return max(prefixFold(text, escape), prefixFold(text, strings.ReplaceAll(escape, "%", "%25")))
	case text[0] == '&':
		return entityLen(text, r)
	case text[0] != '\\':
		return 0
	}
	slashes := countSlashes(text)
	rest := text[slashes:]
	if short, ok := shortEscapes[r]; ok && len(rest) > 0 && rest[0] == short {
		return slashes + 1
	}
	if bytes.HasPrefix(rest, []byte(char)) {
		return slashes + len(char)
	}
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return quotedPair(text, high, low)
	}
	return unicodeEscape(text, r)
}

// shortEscapes are the letters that JSON has for control characters.
var shortEscapes = map[rune]byte{'\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't'}

// entities are the ways in which pages and XML write the characters that are marks there.
var entities = map[rune][]string{
	'&': {"&amp;", "&#38;", "&#x26;"}, '<': {"&lt;", "&#60;", "&#x3c;"}, '>': {"&gt;", "&#62;", "&#x3e;"},
	'"': {"&quot;", "&#34;", "&#x22;"}, '\'': {"&apos;", "&#39;", "&#x27;"},
}

// entityLen returns the length of a character that is an entity at the start of a text, or 0.
func entityLen(text []byte, r rune) int {
	for _, entity := range entities[r] {
		if n := prefixFold(text, entity); n > 0 {
			return n
		}
	}
	return 0
}

// quotedPair returns the length of a character that takes two escapes.
func quotedPair(text []byte, high, low rune) int {
	n := unicodeEscape(text, high)
	if n == 0 {
		return 0
	}
	m := unicodeEscape(text[n:], low)
	if m == 0 {
		return 0
	}
	return n + m
}

// unicodeEscape returns the length of a \u escape for a character at the start of a
// text, or 0.
func unicodeEscape(text []byte, r rune) int {
	slashes := countSlashes(text)
	n := prefixFold(text[slashes:], fmt.Sprintf("u%04x", r))
	if n == 0 || slashes == 0 {
		return 0
	}
	return slashes + n
}

// countSlashes counts the backslashes of one escape. JSON in a JSON string has more
// than one; what has more than this was not written by an encoder.
func countSlashes(text []byte) int {
	const most = 16
	head := text[:min(len(text), most)]
	return len(head) - len(bytes.TrimLeft(head, `\`))
}

func percentEscape(char string) string {
	var b strings.Builder
	for i := range len(char) {
		fmt.Fprintf(&b, "%%%02x", char[i])
	}
	return b.String()
}

// prefixFold returns the length of a prefix of a text, in any case, or 0.
func prefixFold(text []byte, prefix string) int {
	if len(text) < len(prefix) || !strings.EqualFold(string(text[:len(prefix)]), prefix) {
		return 0
	}
	return len(prefix)
}
