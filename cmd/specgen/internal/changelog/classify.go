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

var (
	// gone are the kinds of changes that take something away from users, and not only a
	// mark or a promise.
	gone = regexp.MustCompile(`^(operation|go|region|server|error-code|waiter|x-ack-pagination|x-ack-task)-removed$|(property|parameter|header|success-status|enum-value)-removed$`)
	// helper are those that add something of which the message says all.
	helper = regexp.MustCompile(`^(error-code|waiter|x-ack-pagination|x-ack-task)-added$`)
)

// mocks begins the names of the mocks of a client, which follow those of its interfaces.
const mocks = "ackmock."

// goAdded is the kind of a change that adds a name to a Go package.
const goAdded = "go-added"

// goDeprecated is the kind of one that comes to say that a name is deprecated.
const goDeprecated = "go-deprecated"

// goRemoved is the kind of one that takes a name away.
const goRemoved = "go-removed"

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
	case c.Kind == "reference-changed":
		return "", "" // the Go names tell what it means to users
	case gone.MatchString(c.Kind), has("deleted"):
		return removed, ""
	case helper.MatchString(c.Kind):
		return added, ""
	}
	if c.Area == change.Wire {
		for _, n := range nouns {
			if n.kind.MatchString(c.Kind) {
				return added, n.noun
			}
		}
	}
	if c.Kind == goAdded && strings.HasPrefix(c.Subject, mocks) {
		return "", ""
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
	seen, marked, deprecated := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range changes {
		marked[c.Subject] = marked[c.Subject] || c.Kind == shimMarked
		deprecated[c.Subject] = deprecated[c.Subject] || c.Kind == shimMarked || strings.HasSuffix(c.Kind, "-deprecated")
	}
	var out []change.Change
	var wire causes
	for _, c := range sorted { // the wire comes first
		if seen[c.Fingerprint()] || marked[c.Subject] && c.Kind != shimMarked && isMark(c.Kind) {
			continue
		}
		if deprecated[c.Subject] && c.Area == change.Wire && strings.HasPrefix(c.Kind, "x-ack-status-") ||
			c.Kind == goDeprecated && slices.ContainsFunc(c.Operations, func(op string) bool { return deprecated[op] }) {
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
