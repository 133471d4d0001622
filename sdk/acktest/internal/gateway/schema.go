package gateway

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// A shape is the schemas that describe one value together: a schema, what it is composed of, and what that is composed of.
type shape []*openapi3.Schema

// shapeOf returns what schemas, of which some may be missing, are composed of.
func shapeOf(refs ...*openapi3.SchemaRef) shape {
	var s shape
	for _, ref := range refs {
		s = s.with(ref)
	}
	return s
}

func (s shape) with(ref *openapi3.SchemaRef) shape {
	if ref == nil || ref.Value == nil || slices.Contains(s, ref.Value) {
		return s
	}
	s = append(s, ref.Value)
	for _, list := range []openapi3.SchemaRefs{ref.Value.AllOf, ref.Value.OneOf, ref.Value.AnyOf} {
		for _, part := range list {
			s = s.with(part)
		}
	}
	return s
}

// is reports whether a value may be of a type.
func (s shape) is(kind string) bool {
	return slices.ContainsFunc(s, func(schema *openapi3.Schema) bool {
		switch {
		case schema.Type != nil:
			return schema.Type.Includes(kind)
		case kind == openapi3.TypeObject:
			return len(schema.Properties) > 0 || schema.AdditionalProperties.Schema != nil
		default:
			return kind == openapi3.TypeArray && schema.Items != nil
		}
	})
}

// free reports whether a value may be anything.
func (s shape) free() bool { return slices.ContainsFunc(s, isFree) }

func isFree(schema *openapi3.Schema) bool {
	return schema.Type == nil && schema.Items == nil && saysNothing(schema)
}

// saysNothing reports whether a schema knows no member of an object.
func saysNothing(schema *openapi3.Schema) bool {
	return len(schema.Properties)+len(schema.AllOf)+len(schema.OneOf)+len(schema.AnyOf) == 0 && schema.AdditionalProperties.Schema == nil
}

func (s shape) sensitive() bool {
	return slices.ContainsFunc(s, func(schema *openapi3.Schema) bool { return isSensitive(schema.Extensions) })
}

// property returns what describes a member of an object; nothing when no schema knows it.
func (s shape) property(name string) shape {
	var refs []*openapi3.SchemaRef
	for _, schema := range s {
		refs = append(refs, propertySchema(schema, name))
	}
	return shapeOf(refs...)
}

// items returns what describes the items of a list.
func (s shape) items() shape {
	var refs []*openapi3.SchemaRef
	for _, schema := range s {
		refs = append(refs, schema.Items)
	}
	return shapeOf(refs...)
}

// names returns the names of the members of an object, sorted.
func (s shape) names() []string {
	var names []string
	for _, schema := range s {
		names = slices.AppendSeq(names, maps.Keys(schema.Properties))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// propertySchema returns the schema of a member: its own, or that of additional ones. It is nil when the schema has neither.
func propertySchema(schema *openapi3.Schema, name string) *openapi3.SchemaRef {
	if ref := schema.Properties[name]; ref != nil {
		return ref
	}
	if ref := schema.AdditionalProperties.Schema; ref != nil {
		return ref
	}
	if has := schema.AdditionalProperties.Has; has != nil && *has {
		return openapi3.NewSchemaRef("", openapi3.NewSchema())
	}
	return nil
}

func isSensitive(extensions map[string]any) bool {
	marked, ok := extensions["x-ack-sensitive"].(bool)
	return ok && marked
}
