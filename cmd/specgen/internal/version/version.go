// Package version decides which version a release gets, from the last one and from
// what has changed since.
//
// A version is a promise about changes: docs/compatibility.md tells users what it is.
// What upstream removes or renames need not break programs, as the spec keeps it for
// a while; so only changes that the spec lets through come here, and none of them is
// left out.
//
// It may import change, golang.org/x/mod/module and semver, and the standard library.
package version

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// First is the version of the first release.
const First = "v0.1.0"

// Bump is the part of the version that a release raises.
type Bump string

// What a release raises.
const (
	// NoChange is for two sides that do not differ: there is nothing to release.
	NoChange Bump = "none"
	Patch    Bump = "patch"
	Minor    Bump = "minor"
	Major    Bump = "major"
	// Initial is the bump of the first release.
	Initial Bump = "first"
)

// Decision is the version of a release, and why it is this one.
type Decision struct {
	// Last is the version before, and empty for the first release.
	Last string
	Bump Bump
	// Next is the version of the release. It is Last when there is nothing to release.
	Next string
	// Forcing is the change that decides: the first of the gravest. It is nil when no
	// change does.
	Forcing *change.Change
	// Suffix is what the path of the module must end in, such as /v2, and empty below
	// version 2.
	Suffix string
}

// Decide returns the version that follows last, which is empty when there is none.
//
//	          breaking  risky  compatible  text
//	v0.x.y    minor     patch  patch       patch
//	from v1   major     minor  minor       patch
func Decide(last string, changes []change.Change) (Decision, error) {
	d := Decision{Last: last, Bump: NoChange, Next: last}
	if last != "" {
		if err := checkLast(last); err != nil {
			return Decision{}, err
		}
	}
	if len(changes) > 0 {
		d.Forcing = gravest(changes)
	}
	switch {
	case last == "":
		d.Bump, d.Next, d.Forcing = Initial, First, nil
	case d.Forcing != nil:
		d.Bump = bump(semver.Major(last) == "v0", d.Forcing.Level)
		next, err := raise(last, d.Bump)
		if err != nil {
			return Decision{}, err
		}
		d.Next = next
	}
	d.Suffix = suffix(d.Next)
	return d, nil
}

// bump returns what a change of a level raises.
func bump(beforeOne bool, level change.Level) Bump {
	switch {
	case level == change.Breaking && beforeOne:
		return Minor
	case level == change.Breaking:
		return Major
	case level == change.Text, beforeOne:
		return Patch
	default:
		return Minor
	}
}

// String returns the decision in one sentence.
func (d Decision) String() string {
	switch {
	case d.Bump == Initial:
		return d.Next + ": there is no release before"
	case d.Forcing == nil:
		return "nothing has changed since " + d.Last
	}
	text := fmt.Sprintf("%s because of: %s (%s)", d.Next, d.Forcing.Message, d.Forcing.Level)
	if d.Bump == Major {
		text += "; the module path must end in " + d.Suffix
	}
	return text
}

// CheckPath reports whether a module can have a version: from version 2 on its path
// must end in the major version, and before that it must not.
func CheckPath(path, version string) error {
	prefix, have, ok := module.SplitPathVersion(path)
	if !ok {
		return fmt.Errorf("%s is not the path of a module: what it ends in is not a major version from 2 on", path)
	}
	if !semver.IsValid(version) {
		return notAVersion(version)
	}
	if module.CheckPathMajor(version, have) == nil {
		return nil
	}
	want := suffix(version)
	if want == "" {
		return fmt.Errorf("the module path %s must not end in %s for %s: it must be %s", path, have, version, prefix)
	}
	return fmt.Errorf("the module path must end in %s for %s: in go.mod and in all imports, replace %s with %s%s", want, version, path, prefix, want)
}

// suffix returns what the path of a module must end in.
func suffix(version string) string {
	switch major := semver.Major(version); major {
	case "", "v0", "v1":
		return ""
	default:
		return "/" + major
	}
}

func checkLast(last string) error {
	if !semver.IsValid(last) || semver.Canonical(last) != last {
		return notAVersion(last)
	}
	if semver.Prerelease(last) != "" {
		return fmt.Errorf("%s is a pre-release, which promises nothing: give the last release before it", last)
	}
	return nil
}

func notAVersion(v string) error {
	return fmt.Errorf("%q is not a version: write it like v1.2.3", v)
}

// raise counts one up.
func raise(last string, b Bump) (string, error) {
	var n [3]uint64 // a release has three numbers
	for i, part := range strings.Split(strings.TrimPrefix(last, "v"), ".") {
		v, err := strconv.ParseUint(part, 10, 32)
		if err != nil {
			return "", fmt.Errorf("%s has a number that is too large: %w", last, err)
		}
		n[i] = v
	}
	switch b {
	case Major:
		n = [3]uint64{n[0] + 1, 0, 0}
	case Minor:
		n = [3]uint64{n[0], n[1] + 1, 0}
	default:
		n[2]++
	}
	return fmt.Sprintf("v%d.%d.%d", n[0], n[1], n[2]), nil
}

// gravest returns the change that decides.
func gravest(changes []change.Change) *change.Change {
	sorted := slices.Clone(changes)
	change.Sort(sorted)
	worst := change.Worst(sorted)
	i := slices.IndexFunc(sorted, func(c change.Change) bool { return c.Level == worst })
	return &sorted[i]
}
