// Package naming turns names of the wire into Go names and hands every name out
// once.
//
// It imports the standard library and generator/diag only.
package naming

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported returns the exported Go name of a wire name: "cluster_id" and
// "ClusterId" become "ClusterID". It returns "" when the name has no letter or
// digit.
func Exported(wire string) string {
	var b strings.Builder
	for _, word := range words(wire) {
		b.WriteString(exportedWord(word))
	}
	name := b.String()
	switch r, _ := utf8.DecodeRuneInString(name); {
	case name == "", unicode.IsUpper(r):
		return name
	case unicode.IsDigit(r):
		return "N" + name
	default: // a letter of a script without capitals
		return "X" + name
	}
}

// Unexported returns the unexported Go name of a wire name, with an underscore
// at the end where it would be a keyword or a predeclared identifier.
func Unexported(wire string) string {
	ws := words(wire)
	if len(ws) == 0 {
		return ""
	}
	name := strings.ToLower(ws[0]) + strings.Join(mapWords(ws[1:]), "")
	if token.IsKeyword(name) || predeclared[name] {
		return name + "_"
	}
	return name
}

// File returns the stem of a file name: lower case, without separators.
func File(wire string) string { return strings.ToLower(strings.Join(words(wire), "")) }

func mapWords(ws []string) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = exportedWord(w)
	}
	return out
}

// exportedWord writes one word the Go way: initialisms in capitals, a few glued
// words of cloud APIs taken apart, anything else with a capital first letter.
func exportedWord(word string) string {
	lower := strings.ToLower(word)
	if w, ok := wellKnown[lower]; ok {
		return w
	}
	r, size := utf8.DecodeRuneInString(lower)
	return string(unicode.ToUpper(r)) + lower[size:]
}

// words splits at everything that is not a letter or digit and at the borders of
// camel case: "HTTPServerId2" is HTTP, Server, Id2.
func words(s string) []string {
	var out []string
	runes := []rune(s)
	start := -1
	flush := func(end int) {
		if start >= 0 && end > start {
			out = append(out, string(runes[start:end]))
		}
		start = -1
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush(i)
			continue
		case start < 0:
			start = i
		case startsWord(runes, i):
			flush(i)
			start = i
		}
	}
	flush(len(runes))
	return out
}

func startsWord(runes []rune, i int) bool {
	if !unicode.IsUpper(runes[i]) {
		return false
	}
	prev := runes[i-1]
	if unicode.IsLower(prev) || unicode.IsDigit(prev) {
		return true
	}
	// The last capital of a run begins the next word, except before the plural of an initialism ("IDs").
	next := i + 1
	if next >= len(runes) || !unicode.IsLower(runes[next]) {
		return false
	}
	plural := runes[next] == 's' && (next+1 == len(runes) || !unicode.IsLower(runes[next+1]))
	return !plural
}
