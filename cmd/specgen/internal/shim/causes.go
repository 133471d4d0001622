package shim

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// avoided is the advice for a change of the Go code that goes away when the advice on
// changes of the wire is followed: that advice, with what it is about.
func avoided(c change.Change, wire []change.Change) string {
	found := causesOf(c, wire)
	if len(found) == 0 {
		return "It goes away when all of the advice on changes of the spec is followed."
	}
	var parts []string
	for _, w := range found {
		parts = append(parts, "In the spec, at "+w.Subject+": "+w.Advice)
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), " ")
}

// causesOf returns the changes of the wire that lead to one of the Go code, among those
// that can be avoided: those of the same field or parameter, or else those of the
// operation that the Go name is made of, or else the one whose name the Go name begins
// with, as that of a type that is named after the field which holds it.
func causesOf(c change.Change, wire []change.Change) []change.Change {
	names := goNames(c.Subject)
	for _, same := range []func(change.Change) bool{
		func(w change.Change) bool {
			return slices.ContainsFunc(specNames(w), func(n string) bool { return slices.Contains(names, n) })
		},
		func(w change.Change) bool {
			return slices.Contains(c.Operations, w.Subject) || slices.Contains(c.Operations, w.From)
		},
		func(w change.Change) bool {
			first, _, more := strings.Cut(w.Subject, " ")
			return more && slices.Contains(c.Operations, first)
		},
	} {
		var out []change.Change
		for _, w := range wire {
			if w.Avoidable && w.Advice != "" && same(w) {
				out = append(out, w)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return longestPrefix(names, wire)
}

// longestPrefix returns the changes with the longest name that one of the Go names begins
// with.
func longestPrefix(names []string, wire []change.Change) []change.Change {
	var out []change.Change
	longest := 0
	for _, w := range wire {
		words := separators.Split(strings.TrimRight(w.Subject, "[]{}"), -1)
		name := plain(strings.Join(words[max(0, len(words)-2):], ""))
		fits := slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, name) })
		switch {
		case !w.Avoidable || !fits || len(name) < longest:
		case len(name) > longest:
			out, longest = []change.Change{w}, len(name)
		default:
			out = append(out, w)
		}
	}
	return out
}

var (
	separators = regexp.MustCompile(`[ .\[\]{}]+`)
	// ending is what Go and specs add to the name of an operation or a schema.
	ending = regexp.MustCompile(`(request|response|body)+$`)
)

// goNames returns a Go name without its package, as one word: as it is, and without
// what is added to the name of an operation.
func goNames(subject string) []string {
	words := separators.Split(subject, -1)[1:]
	if len(words) == 0 {
		return nil
	}
	last := plain(words[len(words)-1])
	if len(words) == 1 {
		return []string{last, strings.TrimPrefix(last, "code")}
	}
	return []string{owner(words[0]) + last}
}

// specNames returns the words that Go names can be made of that belong to the subject
// of a change of the wire.
func specNames(w change.Change) []string {
	words := separators.Split(strings.TrimRight(w.Subject, "[]{}"), -1)
	last := plain(words[len(words)-1])
	if code, ok := strings.CutPrefix(w.Subject, "error code "); ok {
		return []string{plain(code)}
	}
	if len(words) == 1 {
		return []string{last}
	}
	out := []string{owner(words[0]) + last, owner(words[len(words)-2]) + last}
	for _, op := range w.Operations {
		out = append(out, plain(op)+last)
	}
	return out
}

func owner(name string) string { return ending.ReplaceAllString(plain(name), "") }

// plain takes out of a name what Go and specs write in different ways.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}
