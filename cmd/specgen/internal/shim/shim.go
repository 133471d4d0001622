// Package shim knows what keeps programs unchanged when the provider changes its API:
// what the spec may keep although upstream has it no longer, or has it otherwise.
//
// Advise says it of each change, and Measure finds out what would really be left: it
// makes the spec that follows the advice, generates its client and compares that.
//
// It may import change, document, gochange, version, the generator's diag and yamlsrc,
// go.yaml.in/yaml/v3 and the standard library.
package shim

import (
	"fmt"
	"path"
	"slices"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
)

// Advise returns the changes, and says of each change of the wire what to do so that
// programs need not change. Of a change that breaks nothing it says so only if the Go
// code would change with it.
func Advise(changes []change.Change) []change.Change {
	out := slices.Clone(changes)
	for i := range out {
		if out[i].Area == change.Wire {
			out[i].Advice, out[i].Avoidable = adviceFor(out[i])
		}
	}
	return out
}

func adviceFor(c change.Change) (says string, keeps bool) {
	for _, a := range advices {
		if ok, err := path.Match(a.kinds, c.Kind); ok && err == nil {
			return a.says, a.keeps
		}
	}
	for _, direction := range []direction{request, response} {
		if ok, err := path.Match(string(direction)+"-*-type-*", c.Kind); ok && err == nil {
			r := correct(direction, wordOf(c.From), wordOf(c.To))
			return r.says, r.keeps
		}
	}
	if c.Level == change.Breaking {
		return noAdvice, false
	}
	return "", false
}

// Summary says how many of the changes break programs and what version they ask for, and
// what is left of both with the advice followed. There is none when nothing breaks.
func Summary(changes []change.Change) string {
	now := breaks(changes)
	if now == 0 {
		return ""
	}
	kept := eased(changes)
	return fmt.Sprintf("%s, which asks for %s.\nWith the advice followed, %s, which asks for %s.",
		plural(now, "change breaks programs", "changes break programs"), versions(changes),
		plural(breaks(kept), "is left", "are left"), versions(kept))
}

func breaks(changes []change.Change) int {
	n := 0
	for _, c := range changes {
		if c.Level == change.Breaking {
			n++
		}
	}
	return n
}

func plural(n int, one, several string) string {
	switch n {
	case 0:
		return "none " + one
	case 1:
		return "1 " + one
	default:
		return fmt.Sprintf("%d %s", n, several)
	}
}

// versions says what a release with changes raises.
func versions(changes []change.Change) string {
	var raised [2]version.Bump
	for i, last := range []string{"v1.0.0", "v0.1.0"} {
		d, _ := version.Decide(last, changes) // it fails for a last version of another form only
		raised[i] = d.Bump
	}
	return fmt.Sprintf("a %s version from v1 on, and a %s one before", raised[0], raised[1])
}

// eased returns the changes as they are with the advice followed: what it avoids is a
// mark in the spec.
func eased(changes []change.Change) []change.Change {
	out := slices.Clone(changes)
	for i := range out {
		if out[i].Avoidable {
			out[i].Level = min(out[i].Level, change.Compatible)
		}
	}
	return out
}
