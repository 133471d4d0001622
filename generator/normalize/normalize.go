// Package normalize brings what OpenAPI allows into the few forms that package goapi
// knows: every operation has an id and one declared tag, every object has a name,
// every schema at most one type, and allOf is written out.
//
// It may import kin-openapi, generator/load, generator/naming, generator/diag and
// internal/goname. It decides nothing about Go but the names of what has none in the
// document.
package normalize

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/naming"
)

// The codes of this package's findings.
const (
	CodeDerived = "GEN013" // something has no name in the document, and one is made
	CodeMerge   = "GEN014" // an allOf that is not one object
)

// Document brings a sound document into the forms that goapi knows. It changes the
// document.
func Document(doc *load.Document, diags *diag.List) {
	n := &normalizer{
		Document: doc, diags: diags,
		state: map[*openapi3.Schema]progress{}, names: map[*openapi3.Schema]string{}, entries: map[*openapi3.SchemaRef]bool{},
	}
	if doc.Components == nil {
		doc.Components = &openapi3.Components{}
	}
	if doc.Components.Schemas == nil {
		doc.Components.Schemas = openapi3.Schemas{}
	}
	n.components()
	n.operations()
}

// progress says how far a schema is.
type progress int

const (
	untouched progress = iota
	entered            // its parts are being looked at
	done
)

type normalizer struct {
	*load.Document

	diags *diag.List
	state map[*openapi3.Schema]progress
	names map[*openapi3.Schema]string // of objects that have none in the document

	untagged []*openapi3.Operation

	entries map[*openapi3.SchemaRef]bool // the entries of the named schemas
}

func (n *normalizer) warn(pos diag.Pos, code, subject, message, fix string) {
	n.diags.Add(diag.Finding{Pos: pos, Code: code, Warning: true, Subject: subject, Message: message, Fix: fix})
}

// components goes through the named parts of the document first: what several
// operations share is named after them and not after the first of its users.
func (n *normalizer) components() {
	c := n.Components
	for _, entry := range c.Schemas {
		n.entries[entry] = true
	}
	for _, name := range slices.Sorted(maps.Keys(c.Schemas)) {
		n.schema(c.Schemas[name], name)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Parameters)) {
		n.parameter(c.Parameters[name], name)
	}
	for _, name := range slices.Sorted(maps.Keys(c.RequestBodies)) {
		if r := c.RequestBodies[name]; r != nil && r.Value != nil {
			n.content(r.Value.Content, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Responses)) {
		if r := c.Responses[name]; r != nil && r.Value != nil {
			n.content(r.Value.Content, name)
		}
	}
}

func (n *normalizer) parameter(ref *openapi3.ParameterRef, place string) {
	if ref == nil || ref.Value == nil {
		return
	}
	n.schema(ref.Value.Schema, place)
	n.content(ref.Value.Content, place)
}

func (n *normalizer) content(content openapi3.Content, place string) {
	for _, name := range slices.Sorted(maps.Keys(content)) {
		if m := content[name]; m != nil {
			n.schema(m.Schema, place)
		}
	}
}

// schema normalizes a schema and all below it. Place names where it stands, for
// objects without a name.
func (n *normalizer) schema(ref *openapi3.SchemaRef, place string) {
	if ref == nil || ref.Value == nil {
		return
	}
	if target := alias(ref.Value); target != nil && !n.isComponent(ref) {
		ref.Ref, ref.Value, ref.Origin = target.Ref, target.Value, cmp.Or(ref.Origin, ref.Value.Origin)
	}
	s := ref.Value
	if n.state[s] == untouched {
		n.state[s] = entered
		n.alternatives(s)
		n.merge(s, place)
		n.fieldsBeside(s)
		settleType(s)
		n.below(s, place)
		n.state[s] = done
	}
	n.name(ref, place)
}

// below normalizes the parts of a schema.
func (n *normalizer) below(s *openapi3.Schema, place string) {
	for _, wire := range slices.Sorted(maps.Keys(s.Properties)) {
		n.schema(s.Properties[wire], place+cmp.Or(naming.Exported(wire), "Property"))
	}
	n.schema(s.Items, place+"Item")
	n.schema(s.AdditionalProperties.Schema, place+"Value")
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, variant := range list {
			word := "Variant"
			if variant.Value != nil {
				word = cmp.Or(naming.Exported(variant.Value.Title), word)
			}
			n.schema(variant, place+word)
		}
	}
}

const schemaPrefix = "#/components/schemas/"

// name makes a named schema of an object that has no name.
func (n *normalizer) name(ref *openapi3.SchemaRef, place string) {
	s := ref.Value
	if ref.Ref != "" || !s.Type.Is("object") || len(s.Properties) == 0 || n.isComponent(ref) {
		return
	}
	name, known := n.names[s]
	if !known {
		name = naming.Exported(place)
		for n.Components.Schemas[name] != nil {
			name += "Object"
		}
		n.names[s] = name
		n.Components.Schemas[name] = &openapi3.SchemaRef{Value: s, Origin: ref.Origin}
	}
	ref.Ref = schemaPrefix + name
}

// isComponent reports whether a reference is the entry of a named schema itself.
func (n *normalizer) isComponent(ref *openapi3.SchemaRef) bool { return n.entries[ref] }
