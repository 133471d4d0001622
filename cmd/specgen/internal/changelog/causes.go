package changelog

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// causes are changes of the wire, as Go names see them.
type causes struct {
	// whole are operations and values that were added or removed, by their plain name.
	whole map[string]change.Level
	// parts are changes of a field or a parameter, by its plain name.
	parts map[string][]cause
	// named are plain names that are made of something that was added.
	named map[string]bool
	// holders are plain names that begin those of the types of what was added or removed.
	holders map[string]change.Level
}

// cause is a change of a part of something.
type cause struct {
	owners []string // plain names of the schema and the operations
	level  change.Level
}

func (w *causes) add(c change.Change) {
	if w.whole == nil {
		w.whole, w.parts = map[string]change.Level{}, map[string][]cause{}
		w.named, w.holders = map[string]bool{}, map[string]change.Level{}
	}
	w.addNames(c)
	if wholeOperation(c) {
		for _, op := range operationsOf(c) {
			w.whole[plain(op)] = max(w.whole[plain(op)], c.Level)
			w.hold(plain(op)+"request", c.Level)
			w.hold(plain(op)+"response", c.Level)
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
	if partKinds.MatchString(c.Kind) {
		w.hold(owners[0]+name, c.Level)
	}
}

func (w *causes) hold(name string, level change.Level) { w.holders[name] = max(w.holders[name], level) }

// partKinds are the kinds of changes of whole fields.
var partKinds = regexp.MustCompile(`-property-(added|removed)$`)

// addNames notes the Go names that are made of an error code or a wait.
func (w *causes) addNames(c change.Change) {
	last := plain(c.Subject[strings.LastIndex(c.Subject, " ")+1:])
	switch c.Kind {
	case "error-code-added":
		w.named["code"+last] = true
	case "waiter-added":
		w.named["wait"+last] = true
		w.named[last+"waiter"] = true
	}
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
	if c.Area == change.Go && w.names(c, plain(names[len(names)-1])) {
		return true
	}
	owner := plain(names[len(names)-2])
	return slices.ContainsFunc(w.parts[plain(names[len(names)-1])], func(p cause) bool {
		return p.level >= c.Level && slices.ContainsFunc(p.owners, func(o string) bool {
			return o != "" && (o == owner || owner == o+"request" || owner == o+"response")
		})
	})
}

// names reports whether a Go name is new or gone because it is made of what is.
func (w *causes) names(c change.Change, name string) bool {
	switch c.Kind {
	case goAdded, "go-interface-grew":
		if w.named[name] {
			return true
		}
	case goRemoved:
	default:
		return false
	}
	if strings.Count(c.Subject, ".") != 1 { // a field or method is no type
		return false
	}
	for holder, level := range w.holders {
		if level >= c.Level && strings.HasPrefix(name, holder) {
			return true
		}
	}
	return false
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
