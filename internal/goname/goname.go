// Package goname makes Go names of names on the wire. The generator names what it
// generates by it, and the fake server names operations that the spec does not name: both
// must come to the same names.
//
// It imports the standard library only.
package goname

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported returns the exported Go name of a wire name: "cluster_id" and
// "ClusterId" become "ClusterID". It returns "" when the name has no letter or
// digit.
func Exported(wire string) string {
	var b strings.Builder
	for _, word := range Words(wire) {
		b.WriteString(Word(word))
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

// OperationID returns the name of an operation that has none in its document:
// GetThingsByIDParts for GET /things/{id}/parts.
func OperationID(method, path string) string {
	return Exported(strings.ToLower(method) + strings.ReplaceAll(path, "{", "/by/"))
}

// Word writes one word the Go way: initialisms in capitals, a few glued
// words of cloud APIs taken apart, anything else with a capital first letter.
func Word(word string) string {
	lower := strings.ToLower(word)
	if w, ok := wellKnown[lower]; ok {
		return w
	}
	r, size := utf8.DecodeRuneInString(lower)
	return string(unicode.ToUpper(r)) + lower[size:]
}

// Words splits at everything that is not a letter or digit and at the borders of
// camel case: "HTTPServerId2" is HTTP, Server, Id2.
func Words(s string) []string {
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
