package goapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/internal/spell"
)

// path follows a path of wire names, joined by dots, from a struct to a value that
// is wanted. It returns nil after a finding when the path leads nowhere or to
// another type of value.
func (b *builder) path(v extValue, from *model.Struct, path string, w want) *model.Path {
	p := b.follow(v, from, path)
	if p == nil || w.fits(p.Type) {
		return p
	}
	b.badExtension(v, quote(path)+" is not of the type "+w.what, "name a property of that type")
	return nil
}

// follow does the same for a value of any type.
func (b *builder) follow(v extValue, s *model.Struct, path string) *model.Path {
	out := &model.Path{}
	if path == "" {
		b.badExtension(v, "it is missing", "write names of properties, beginning in the response, joined by dots")
		return nil
	}
	for wire := range strings.SplitSeq(path, ".") {
		f := b.fieldOf(s, wire)
		if f == nil {
			b.badExtension(v, quote(path)+" does not lead to a field: there is no "+quote(wire)+spell.Hint(wire, b.wireNames(s)), "write names of properties, beginning in the response, joined by dots")
			return nil
		}
		if f.Tag != "-" {
			out.Pointer += "/" + oas.EscapePointer(wire)
		}
		out.Steps = append(out.Steps, model.Step{Field: f.Name, Pointer: f.Type.Pointer})
		out.Type = f.Type
		out.Type.Pointer = false
		s = b.structNamed(f.Type.Name)
	}
	return out
}

// plain returns a path if its value is always there: no field on the way is
// optional. Else it reports the field.
func (b *builder) plain(v extValue, path string, p *model.Path) *model.Path {
	if p == nil {
		return nil
	}
	for _, s := range p.Steps {
		if s.Pointer {
			b.badExtension(v, quote(path)+" leads through "+s.Field+", which is a pointer because requests hold it, too, or its absence means something", "give the response a schema of its own")
			return nil
		}
	}
	return p
}

// want says what the value at the end of a path or in a parameter has to be.
type want struct {
	what string
	fits func(model.Type) bool
}

func ofKinds(what string, kinds ...model.Kind) want {
	return want{what, func(t model.Type) bool { return slices.Contains(kinds, t.Kind) }}
}

var (
	anArray   = ofKinds("array", model.KindSlice)
	anInteger = ofKinds("integer", model.KindInt32, model.KindInt64)
	aString   = ofKinds("string", model.KindString)
	aNumber   = ofKinds("integer or string", model.KindInt32, model.KindInt64, model.KindString)
)

// optional accepts the fields that are pointers because a request may leave them out.
func optional(w want) want {
	return want{"optional " + w.what, func(t model.Type) bool { return t.Pointer && w.fits(t) }}
}

// required accepts the fields that every request sends.
func required(w want) want {
	return want{"required " + w.what, func(t model.Type) bool { return !t.Pointer && w.fits(t) }}
}

// aScalar accepts the types that can hold the state of something.
func (b *builder) aScalar() want {
	return want{"plain value", func(t model.Type) bool { return isScalar(t, b) && t.Kind != model.KindSecret }}
}

// fieldOf returns the field with a wire name, also of the type that a struct
// embeds. An array, map or text that is the whole response has no wire name: its
// Go name stands for it, in any case of letters.
func (b *builder) fieldOf(s *model.Struct, wire string) *model.Field {
	if s != nil && s.Embeds != "" {
		s = b.structNamed(s.Embeds)
	}
	if s == nil {
		return nil
	}
	for _, f := range s.Fields {
		if name, _, _ := strings.Cut(f.Tag, ","); name == wire || f.Tag == "-" && strings.EqualFold(f.Name, wire) {
			return f
		}
	}
	return nil
}

// wireNames returns the names that fieldOf finds.
func (b *builder) wireNames(s *model.Struct) []string {
	if s != nil && s.Embeds != "" {
		s = b.structNamed(s.Embeds)
	}
	if s == nil {
		return nil
	}
	var out []string
	for _, f := range s.Fields {
		if wire, _, _ := strings.Cut(f.Tag, ","); wire != "-" {
			out = append(out, wire)
		}
	}
	return out
}

// requestField returns the name of the request field that sends a parameter, which
// must be what is wanted.
func (b *builder) requestField(v extValue, wire string, w want) string {
	if wire == "" {
		b.badExtension(v, "it is missing", "name a path or query parameter of the operation")
		return ""
	}
	i := slices.IndexFunc(v.built.Params, func(p model.Param) bool { return p.Wire == wire })
	if i < 0 && slices.ContainsFunc(v.params, func(p *openapi3.Parameter) bool { return p.Name == wire }) {
		return "" // it has a fault of its own, which is reported
	}
	if i < 0 {
		names := make([]string, len(v.params))
		for i, p := range v.params {
			names[i] = p.Name
		}
		b.badExtension(v, "the operation has no parameter "+quote(wire)+spell.Hint(wire, names), "name a path or query parameter of the operation")
		return ""
	}
	name := v.built.Params[i].Field
	for _, f := range v.built.Request.Fields {
		if f.Name == name && w.fits(f.Type) {
			return name
		}
	}
	what := "a " + w.what
	if strings.ContainsRune("aeiou", rune(w.what[0])) {
		what = "an " + w.what
	}
	b.badExtension(v, "the parameter "+quote(wire)+" is not "+what, "declare it as "+what)
	return ""
}
