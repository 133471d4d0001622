package history

import (
	"regexp"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/load/oas"
)

// Part is a part of the changes of a release.
type Part struct {
	Title   string // such as Added
	About   string // what the changes mean to programs
	Changes []change.Change
}

// parts are the parts of a release. A change belongs to the first that has it.
var parts = []struct {
	title, about string
	has          func(change.Change) bool
}{
	{"Breaking", "Some programs do not compile any more, or fail.", func(c change.Change) bool { return c.Level == change.Breaking }},
	{"Risky", "Programs compile and are understood, and may behave in another way.", func(c change.Change) bool { return c.Level == change.Risky }},
	{"Documentation", "Only people read it.", func(c change.Change) bool { return c.Level == change.Text }},
	{"Deprecated", "Programs can use it as before.", func(c change.Change) bool { return eventOf(c) == deprecated }},
	{"Added", "Programs do not know it.", func(c change.Change) bool { return strings.HasSuffix(c.Kind, "-added") }},
	{"Changed", "No program has to change.", func(change.Change) bool { return true }},
}

// shown are the titles in the order in which people want to read the parts.
var shown = []string{"Breaking", "Risky", "Added", "Deprecated", "Changed", "Documentation"}

// partsOf puts changes into parts, in which they keep their order. A part without changes
// is left out.
func partsOf(changes []change.Change) []Part {
	found := map[string]*Part{}
	for _, c := range changes {
		for _, p := range parts {
			if !p.has(c) {
				continue
			}
			if found[p.title] == nil {
				found[p.title] = &Part{Title: p.title, About: p.about}
			}
			found[p.title].Changes = append(found[p.title].Changes, c)
			break
		}
	}
	var out []Part
	for _, title := range shown {
		if p := found[title]; p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// event is what happened to the subject of a change as a whole.
type event int

const (
	none event = iota
	added
	removed
	deprecated
	restored // it is no longer deprecated
)

// whole matches the kinds of changes that add or remove what they are about, and not a
// thing that belongs to it, such as a value of an enum.
var whole = regexp.MustCompile(`^(operation|schema|field|parameter|request-(required-)?(parameter|property)|response-property)-(added|removed)$`)

func eventOf(c change.Change) event {
	switch {
	case whole.MatchString(c.Kind) && strings.HasSuffix(c.Kind, "-added"):
		return added
	case whole.MatchString(c.Kind):
		return removed
	case strings.HasSuffix(c.Kind, "-undeprecated"), strings.HasSuffix(c.Kind, "-reactivated"), c.Kind == "path-deprecation-removed":
		return restored
	case strings.HasSuffix(c.Kind, "-deprecated"), c.Kind == "path-deprecation-added", strings.HasPrefix(c.Kind, "x-ack-status-") && c.To == "deprecated":
		return deprecated
	}
	return none
}

// operationsOf returns the ids of the operations of a spec.
func operationsOf(d *document.Document) []string {
	var out []string
	for op := range d.Tree.Of(oas.Operation) {
		if id := op.Text("operationId"); id != "" {
			out = append(out, id)
		}
	}
	return out
}
