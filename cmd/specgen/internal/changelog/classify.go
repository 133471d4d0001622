package changelog

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// The nouns of additions that have a short form: the noun and the name say all.
const (
	operation = "Operation"
	enumValue = "Value"
)

// nouns tell what was added, by the kind of the change.
var nouns = []struct {
	kind *regexp.Regexp
	noun string
}{
	{regexp.MustCompile(`^operation-added$`), operation},
	{regexp.MustCompile(`enum-value-added$`), enumValue},
	{regexp.MustCompile(`parameter-added$`), "Parameter"},
	{regexp.MustCompile(`property-added$`), "Field"},
	{regexp.MustCompile(`header-added$`), "Header"},
	{regexp.MustCompile(`region-added$`), "Region"},
}

// shimMarked is the kind of a change that says that the provider removed a thing, which
// stays for a time.
const shimMarked = "shim-marked"

// isMark reports whether a change says no more than that a thing is not to be used, which
// follows from what the provider did.
func isMark(kind string) bool {
	return strings.HasSuffix(kind, "-deprecated") || strings.HasPrefix(kind, "x-ack-status-")
}

// classify returns the part that a change belongs to and, for an addition with a
// short form, what was added.
func classify(c change.Change) (part, noun string) {
	words := strings.FieldsFunc(c.Kind, func(r rune) bool { return r == '-' || r == ' ' })
	has := func(word string) bool { return slices.Contains(words, word) }
	switch {
	case c.Level == change.Breaking:
		return breaking, ""
	case c.Level == change.Text && c.Area == change.Go:
		return "", "" // such as the version that the code names
	case c.Level == change.Text:
		return documentation, ""
	case has("deprecated"), c.Kind == shimMarked, has("status") && (c.To == "deprecated" || c.To == "legacy"):
		return deprecated, ""
	case has("removed"), has("deleted"):
		return removed, ""
	}
	if c.Area == change.Wire {
		for _, n := range nouns {
			if n.kind.MatchString(c.Kind) {
				return added, n.noun
			}
		}
	}
	if c.Area == change.Go && has("added") {
		return added, ""
	}
	return changed, ""
}

// operationsOf names the operations that a change of whole operations is about.
func operationsOf(c change.Change) []string {
	if len(c.Operations) > 0 {
		return c.Operations
	}
	return []string{c.Subject}
}

// merge leaves out what is said already: a change that was found again, and the Go
// names and marks that follow from a change of the wire.
func merge(changes []change.Change) []change.Change {
	sorted := slices.Clone(changes)
	change.Sort(sorted)
	seen, marked := map[string]bool{}, map[string]bool{}
	for _, c := range changes {
		marked[c.Subject] = marked[c.Subject] || c.Kind == shimMarked
	}
	var out []change.Change
	var wire causes
	for _, c := range sorted { // the wire comes first
		if seen[c.Fingerprint()] || marked[c.Subject] && c.Kind != shimMarked && isMark(c.Kind) {
			continue
		}
		seen[c.Fingerprint()] = true
		if c.Area == change.Wire {
			wire.add(c)
		} else if wire.explain(c) {
			continue
		}
		out = append(out, c)
	}
	return joined(out)
}

// joined makes one change of those that add the same thing for other operations, as a
// field that requests and responses have.
func joined(changes []change.Change) []change.Change {
	type key struct{ noun, subject, to string }
	at := map[key]int{}
	var out []change.Change
	for _, c := range changes {
		_, noun := classify(c)
		k := key{noun, c.Subject, c.To}
		if i, ok := at[k]; ok && noun != "" {
			operations := slices.Concat(out[i].Operations, c.Operations)
			slices.Sort(operations)
			out[i].Operations = slices.Compact(operations)
			continue
		}
		at[k] = len(out)
		out = append(out, c)
	}
	return out
}

// causes are changes of the wire, as Go names see them.
type causes struct {
	// whole are operations and values that were added or removed, by their plain name.
	whole map[string]change.Level
	// parts are changes of a field or a parameter, by its plain name.
	parts map[string][]cause
}

// cause is a change of a part of something.
type cause struct {
	owners []string // plain names of the schema and the operations
	level  change.Level
}

func (w *causes) add(c change.Change) {
	if w.whole == nil {
		w.whole, w.parts = map[string]change.Level{}, map[string][]cause{}
	}
	if wholeOperation(c) {
		for _, op := range operationsOf(c) {
			w.whole[plain(op)] = max(w.whole[plain(op)], c.Level)
		}
		return
	}
	if strings.Contains(c.Kind, "enum-value-") { // its constant is called after all of it
		w.whole[plain(c.Subject+c.From+c.To)] = c.Level
		return
	}
	words := strings.FieldsFunc(c.Subject, func(r rune) bool { return r == ' ' || r == '.' })
	if len(words) < 2 {
		return
	}
	owners := []string{plain(words[len(words)-2]), plain(words[0])}
	for _, op := range c.Operations {
		owners = append(owners, plain(op))
	}
	name := plain(words[len(words)-1])
	w.parts[name] = append(w.parts[name], cause{owners, c.Level})
}

// wholeKinds are the kinds of changes of whole operations.
var wholeKinds = []string{"operation-added", "operation-removed"}

func wholeOperation(c change.Change) bool { return slices.Contains(wholeKinds, c.Kind) }

// explain reports whether a change of a Go name follows from a change of the wire
// that is no lighter: a break in Go is never left out because something was added.
func (w *causes) explain(c change.Change) bool {
	if w.ofWhole(c.Operations, c.Level) {
		return true
	}
	names := strings.FieldsFunc(c.Subject, func(r rune) bool { return r == '.' || r == ' ' })
	for _, name := range names {
		if w.ofWhole([]string{suffix.ReplaceAllString(plain(name), "")}, c.Level) {
			return true
		}
	}
	if len(names) < 2 {
		return false
	}
	owner := plain(names[len(names)-2])
	return slices.ContainsFunc(w.parts[plain(names[len(names)-1])], func(p cause) bool {
		return p.level >= c.Level && slices.ContainsFunc(p.owners, func(o string) bool {
			return o != "" && (o == owner || owner == o+"request" || owner == o+"response")
		})
	})
}

// suffix is what the Go names of an operation add to it.
var suffix = regexp.MustCompile(`(request|response|all|pages|andwait)?(call)?$`)

// ofWhole reports whether all operations were added or removed with no less weight.
func (w *causes) ofWhole(operations []string, level change.Level) bool {
	return len(operations) > 0 && !slices.ContainsFunc(operations, func(op string) bool {
		found, ok := w.whole[plain(op)]
		return !ok || found < level
	})
}

// plain takes out of a name what Go and the wire write in different ways.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		default:
			return -1
		}
	}, name)
}
