package goapi

import (
	"maps"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/internal/spell"
)

const extAlways = "x-ack-always"

// presence tells the runtime what a response of the operation must hold: what it
// always has, and what the pager, the waiters and the task of the operation go by.
func (b *builder) presence(o *operation) {
	m := o.built
	if o.result != nil {
		m.Always = b.always(o.result.Value, o.shape)
	}
	var paths []*model.Path
	if p := m.Pager; p != nil {
		paths = append(paths, &p.Items, p.Total, p.Next)
	}
	for _, w := range m.Waiters {
		paths = append(paths, w.Items, w.Result)
		if w.Items == nil {
			paths = append(paths, &w.State)
		}
	}
	if m.Task != nil {
		paths = append(paths, &m.Task.ID)
	}
	for _, p := range paths {
		if p != nil {
			m.Needed = append(m.Needed, p.Pointer)
		}
	}
	slices.Sort(m.Needed)
	m.Needed = slices.Compact(m.Needed)
}

// always returns the names of the properties that every response has, or "" for a
// body that is never empty.
func (b *builder) always(result *openapi3.Schema, shape model.Shape) []string {
	v, ok := result.Extensions[extAlways]
	if !ok {
		return nil
	}
	b.presences[result] = true
	if shape != model.ShapeObject && v != true {
		b.badPresence(result, "is not true on a body that is not an object with properties", "write true")
	}
	if v == true || shape != model.ShapeObject {
		return []string{""}
	}
	var out []string
	names, _ := v.([]any)
	for i, name := range names {
		text, _ := name.(string)
		if result.Properties[text] == nil {
			known := slices.Sorted(maps.Keys(result.Properties))
			b.diags.Add(diag.Finding{
				Pos: b.Locate(result.Origin, extAlways, strconv.Itoa(i)), Code: CodeExtension,
				Message: extAlways + ": there is no property " + quote(text) + spell.Hint(text, known), Fix: "name a property of the same schema",
			})
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		b.badPresence(result, "names no property", "write a list of properties, or true if no property is known to be in every response")
	}
	return out
}

// strayPresence reports the extension on named schemas that are not the body of a
// response.
func (b *builder) strayPresence() {
	if b.Components == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(b.Components.Schemas)) {
		s := b.Components.Schemas[name].Value
		if _, ok := s.Extensions[extAlways]; ok && !b.presences[s] {
			b.badPresence(s, "has no effect: the schema is not the body of a response", "move it to the schema of a response")
		}
	}
}

func (b *builder) badPresence(s *openapi3.Schema, problem, fix string) {
	b.diags.Add(diag.Finding{Pos: b.Locate(s.Origin, extAlways), Code: CodeExtension, Message: extAlways + " " + problem, Fix: fix})
}
