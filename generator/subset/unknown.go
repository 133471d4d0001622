package subset

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/internal/spell"
)

// The kinds of names that a choice has.
const (
	Operation = "operation"
	Group     = "group"
)

// UnknownError lists the names of a choice that the document lacks.
type UnknownError struct {
	Names []Unknown
}

// Unknown is a name that the document lacks.
type Unknown struct {
	Kind string // [Operation] or [Group]
	Name string
	Hint string // proposes another name, or is empty
}

// String says that there is no such thing.
func (u Unknown) String() string { return "the spec has no " + u.Kind + " " + u.Name + u.Hint }

// Error has a line for each name.
func (e *UnknownError) Error() string {
	lines := make([]string, len(e.Names))
	for i, n := range e.Names {
		lines[i] = n.String()
	}
	return strings.Join(lines, "\n")
}

// unknown returns the names that are not among the known ones.
func unknown(kind string, names, known []string) []Unknown {
	var out []Unknown
	for _, name := range names {
		if !slices.Contains(known, name) {
			out = append(out, Unknown{kind, name, cmp.Or(spell.Hint(name, known), renamed(name, known))})
		}
	}
	return out
}

var word = regexp.MustCompile(`[A-Z]+[a-z0-9]*`)

// renamed proposes the shortest name that has some words more, or some less: people
// rename operations that way.
func renamed(name string, known []string) string {
	words := word.FindAllString(name, -1)
	best := ""
	for _, k := range known {
		other := word.FindAllString(k, -1)
		if min(len(words), len(other)) < 2 || !within(words, other) && !within(other, words) {
			continue
		}
		if best == "" || len(k) < len(best) {
			best = k
		}
	}
	if best == "" {
		return ""
	}
	return spell.DidYouMean(best)
}

// within reports whether all words are among the others, in the same order.
func within(words, others []string) bool {
	for _, other := range others {
		if len(words) > 0 && words[0] == other {
			words = words[1:]
		}
	}
	return len(words) == 0
}
