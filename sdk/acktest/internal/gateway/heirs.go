package gateway

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// cutHeirs removes the lists of variants in which a schema comes to itself again: a base may list its heirs, which have the base in their
// allOf. Nothing can be checked against such a list, and kin-openapi would try without an end.
func cutHeirs(doc *openapi3.T) {
	if doc.Components == nil {
		return
	}
	for _, ref := range doc.Components.Schemas {
		cutHeirsOf(ref.Value)
	}
}

func cutHeirsOf(schema *openapi3.Schema) {
	if schema == nil {
		return
	}
	for _, list := range []*openapi3.SchemaRefs{&schema.OneOf, &schema.AnyOf} {
		if leadsTo(*list, schema, make(map[*openapi3.Schema]bool)) {
			*list, schema.Discriminator = nil, nil
		}
	}
	for _, part := range schema.AllOf {
		if part.Ref == "" {
			cutHeirsOf(part.Value)
		}
	}
}

// leadsTo reports whether a schema is reached from others without going into a value.
func leadsTo(from openapi3.SchemaRefs, schema *openapi3.Schema, seen map[*openapi3.Schema]bool) bool {
	return slices.ContainsFunc(from, func(ref *openapi3.SchemaRef) bool {
		if ref.Value == nil || seen[ref.Value] {
			return false
		}
		seen[ref.Value] = true
		return ref.Value == schema || leadsTo(slices.Concat(ref.Value.AllOf, ref.Value.OneOf, ref.Value.AnyOf), schema, seen)
	})
}
