package goapi

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
)

const extAbsent = "x-ack-absent"

// absence returns what the documentation says of a property that is missing in a
// response, or "" when that has no meaning of its own. A field with such a sentence is
// a pointer, so that programs can tell a missing value from zero.
func (b *builder) absence(p *openapi3.SchemaRef, t model.Type, subject string) string {
	v, ok := p.Value.Extensions[extAbsent]
	if !ok || p.Ref != "" {
		return ""
	}
	sentence, _ := v.(string)
	if sentence == "" {
		b.badAbsence(p.Value, subject, "is not a sentence", "write what it means that the property is missing")
		return ""
	}
	if !pointerable(t) {
		b.badAbsence(p.Value, subject, "stands on a property that is nil when it is missing", "leave it out and say it in the description")
		return ""
	}
	return "Nil in a response: " + sentence
}

// noAbsence reports the extension where nothing can be missing: on a schema that
// is not a property.
func (b *builder) noAbsence(s *openapi3.Schema, subject string) {
	if _, ok := s.Extensions[extAbsent]; ok {
		b.badAbsence(s, subject, "stands on a schema that is not a property", "move it to the property, beside its type")
	}
}

func (b *builder) badAbsence(s *openapi3.Schema, subject, problem, fix string) {
	b.diags.Add(diag.Finding{Pos: b.Locate(s.Origin, extAbsent), Code: CodeExtension, Subject: subject, Message: extAbsent + " " + problem, Fix: fix})
}

// leftOut reports whether a required value of the type stays out of the body when
// the caller did not set it: the service says then what is missing, while an
// empty text or list would look like a value. Numbers and booleans are always
// sent, since their zero is a value like any other.
func (b *builder) leftOut(t model.Type) bool {
	switch t.Kind {
	case model.KindString, model.KindSecret, model.KindTime, model.KindSlice, model.KindMap, model.KindAny,
		model.KindBytes, model.KindJSON:
		return true
	case model.KindNamed:
		e := b.enums[t.Name]
		return e != nil && e.Kind == model.KindString
	}
	return false
}
