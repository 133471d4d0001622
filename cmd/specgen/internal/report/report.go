// Package report prints changes: as text, as Markdown for a pull request, as JSON, as
// annotations of GitHub and as SARIF. What a spec says is taken for data in all of them.
//
// It may import cmd/specgen/internal/change, generator/diag and the standard library.
package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// levels are the levels, the gravest first.
var levels = []change.Level{change.Breaking, change.Risky, change.Compatible, change.Text}

// AtLeast returns the changes of a level and above. The result is never nil.
func AtLeast(changes []change.Change, level change.Level) []change.Change {
	out := []change.Change{}
	for _, c := range changes {
		if c.Level >= level {
			out = append(out, c)
		}
	}
	return out
}

func ofLevel(changes []change.Change, level change.Level) []change.Change {
	var out []change.Change
	for _, c := range changes {
		if c.Level == level {
			out = append(out, c)
		}
	}
	return out
}

// Counts names the number of changes per level: "2 breaking, 1 risky, 0 compatible, 3 text".
func Counts(changes []change.Change) string {
	var parts []string
	for _, level := range levels {
		parts = append(parts, fmt.Sprintf("%d %s", len(ofLevel(changes, level)), level))
	}
	return strings.Join(parts, ", ")
}

// named is the number of operations that a report for people names.
const named = 3

// Operations names the operations of a change; of many, the first ones and the number of
// the others.
func Operations(c change.Change) string {
	if len(c.Operations) <= named {
		return strings.Join(c.Operations, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(c.Operations[:named], ", "), len(c.Operations)-named)
}

// Place is where people see the change: in the head, or where the base had it.
func Place(c change.Change) string {
	switch {
	case c.Head.Line > 0:
		return c.Head.String()
	case c.Base.Line > 0:
		return c.Base.String()
	default:
		return ""
	}
}

// clean puts a text on one line and takes out what terminals and readers could act on.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}
