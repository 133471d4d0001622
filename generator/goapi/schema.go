package goapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
)

const schemaPrefix = "#/components/schemas/"

// refOf returns the component name that a reference points at, or "".
func refOf(ref *openapi3.SchemaRef) string {
	if ref == nil {
		return ""
	}
	name, _ := strings.CutPrefix(ref.Ref, schemaPrefix)
	return name
}

// A schema with alternatives has no type: package normalize sees to that.
func isArray(s *openapi3.Schema) bool { return s.Type.Is("array") }

func isMap(s *openapi3.Schema) bool {
	return s.Type.Is("object") && len(s.Properties) == 0
}

func isStruct(s *openapi3.Schema) bool {
	return s.Type.Is("object") && len(s.Properties) > 0
}

func isEnum(s *openapi3.Schema) bool {
	return len(s.Enum) > 0 && (s.Type.Is("string") || s.Type.Is("integer"))
}

// isUnion reports whether a value is one of several that have nothing in common.
func isUnion(s *openapi3.Schema) bool { return len(s.OneOf)+len(s.AnyOf) > 0 }

func isJSONContainer(s *openapi3.Schema) bool { return isArray(s) || isMap(s) || isStruct(s) }

// pointerable reports whether an optional value of type t needs a pointer to
// tell absent from zero: slices, maps and any have nil for that.
func pointerable(t model.Type) bool {
	switch t.Kind {
	case model.KindSlice, model.KindMap, model.KindAny, model.KindBytes, model.KindJSON:
		return false
	}
	return true
}

// isScalar reports whether t travels as one plain text.
func isScalar(t model.Type, b *builder) bool {
	switch t.Kind {
	case model.KindString, model.KindBool, model.KindInt32, model.KindInt64, model.KindFloat64, model.KindSecret, model.KindTime:
		return true
	case model.KindNamed:
		return b.enums[t.Name] != nil
	}
	return false
}

func mediaTypes(content openapi3.Content) []string {
	if len(content) == 0 {
		return []string{"no media type"}
	}
	return slices.Sorted(maps.Keys(content))
}

// components returns the named schemas of the document.
func (b *builder) components() openapi3.Schemas {
	if b.Components == nil {
		return nil
	}
	return b.Components.Schemas
}
