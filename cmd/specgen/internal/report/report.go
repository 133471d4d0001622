// Package report prints changes: as text, as Markdown for a pull request, as JSON, as
// annotations of GitHub and as SARIF. What a spec says is taken for data in all of them.
//
// It may import cmd/specgen/internal/change and version, generator/diag and the standard library.
package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
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

// Plain returns the changes with the paths of files as positions, without the revisions
// before them, such as "HEAD~1:".
func Plain(changes []change.Change, revisions ...string) []change.Change {
	out := slices.Clone(changes)
	for i := range out {
		for _, p := range []*diag.Pos{&out[i].Base, &out[i].Head} {
			for _, revision := range revisions {
				if path, ok := strings.CutPrefix(p.File, revision); ok && revision != "" {
					p.File = path
					break
				}
			}
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
