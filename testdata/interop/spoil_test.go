package interop

import (
	"maps"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// spoilers returns changes of a valid call after which the spec forbids it: something required is missing, or a value has another type or
// is out of its range. It returns none for a call with nothing but text in its path.
func (op *operation) spoilers(t *testing.T) map[string]func(*input) {
	t.Helper()
	list := make(map[string]func(*input))
	for _, param := range op.params {
		if param.In != openapi3.ParameterInQuery {
			continue
		}
		name := param.Name
		if param.Required {
			list["without "+name] = func(in *input) { in.params = without(in.params, name) }
		}
		if schema := valueSchema(param); schema.Type.Is(openapi3.TypeInteger) || schema.Type.Is(openapi3.TypeBoolean) {
			list["text in "+name] = func(in *input) { in.params = with(in.params, name, "x") }
		}
		if value := beyond(valueSchema(param)); value != nil {
			list["too much in "+name] = func(in *input) { in.params = with(in.params, name, value) }
		}
	}
	if op.body == nil {
		return list
	}
	if op.body.Schema.Value.Type.Is(openapi3.TypeArray) {
		list["an object for the list"] = func(in *input) { in.body = map[string]any{"a": "b"} }
		list["a list of texts"] = func(in *input) { in.body = []any{"x"} }
		return list
	}
	maps.Copy(list, bodySpoilers(op.body.Schema.Value))
	return list
}

func bodySpoilers(schema *openapi3.Schema) map[string]func(*input) {
	list := make(map[string]func(*input))
	for _, name := range schema.Required {
		list["without "+name] = func(in *input) { in.body = without(in.body, name) }
	}
	for name, property := range schema.Properties {
		var wrong any = "x"
		switch {
		case property.Value.Type == nil:
			continue
		case property.Value.Type.Is(openapi3.TypeString):
			wrong = map[string]any{"a": "b"}
		}
		list["another type of "+name] = func(in *input) { in.body = with(in.body, name, wrong) }
		if value := beyond(property.Value); value != nil {
			list["too much in "+name] = func(in *input) { in.body = with(in.body, name, value) }
		}
	}
	return list
}

// beyond returns a value of the right type that is out of the range of a schema, nil when it has no range.
func beyond(schema *openapi3.Schema) any {
	switch {
	case schema.Type.Is(openapi3.TypeInteger) && schema.Max != nil:
		return int64(*schema.Max) + 1
	case schema.Type.Is(openapi3.TypeInteger) && schema.Min != nil:
		return int64(*schema.Min) - 1
	case schema.Type.Is(openapi3.TypeString) && schema.MaxLength != nil:
		return strings.Repeat("x", int(*schema.MaxLength)+1) //nolint:gosec // lengths are small
	case schema.Type.Is(openapi3.TypeString) && schema.MinLength > 0:
		return ""
	}
	return nil
}

// without returns a copy of an object that lacks a member.
func without(object any, name string) map[string]any {
	out := members(object)
	delete(out, name)
	return out
}

// with returns a copy of an object with another member.
func with(object any, name string, value any) map[string]any {
	out := members(object)
	out[name] = value
	return out
}

// members returns a copy of an object, an empty one of anything else.
func members(object any) map[string]any {
	out := make(map[string]any)
	known, _ := object.(map[string]any)
	maps.Copy(out, known)
	return out
}
