package gateway

import (
	"encoding/json"
	"maps"
	"slices"
)

// AddFields returns a response of the operation with one field more in every object whose members the spec knows, and in the body of an error.
// Other bodies than JSON stay as they are.
func (op *Operation) AddFields(r Response) Response {
	s := shape(nil)
	if _, schema := op.resultOf(r.Status); schema != nil && r.ErrorCode == "" {
		s = shapeOf(schema)
	}
	return change(r, func(value any) any {
		if object, ok := value.(map[string]any); ok && len(s) == 0 {
			return withField(object)
		}
		return addFields(value, s)
	})
}

func addFields(value any, s shape) any {
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v)+1)
		for name, item := range v {
			out[name] = addFields(item, s.property(name))
		}
		if len(s.names()) == 0 {
			return out
		}
		return withField(out)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = addFields(item, s.items())
		}
		return out
	}
	return value
}

func withField(object map[string]any) map[string]any {
	out := maps.Clone(object)
	out["field_of_tomorrow"] = map[string]any{"list": []any{json.Number("1"), "a", nil}}
	return out
}

// ScalarsAsText returns a response with text in place of all numbers and truth values.
func ScalarsAsText(r Response) Response { return change(r, scalarsAsText) }

func scalarsAsText(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = scalarsAsText(item)
		}
		return out
	case []any:
		out := slices.Clone(v)
		for i, item := range out {
			out[i] = scalarsAsText(item)
		}
		return out
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return value
}

// RenameFields returns a response with other names for members of the object that is its body.
func RenameFields(r Response, names map[string]string) Response {
	return change(r, func(value any) any {
		object, ok := value.(map[string]any)
		if !ok {
			return value
		}
		out := make(map[string]any, len(object))
		for name, item := range object {
			if other := names[name]; other != "" {
				name = other
			}
			out[name] = item
		}
		return out
	})
}

// change changes the value of a body that is JSON.
func change(r Response, f func(any) any) Response {
	value, err := parseJSON([]byte(r.Body))
	if err != nil {
		return r
	}
	if body, err := marshalJSON(f(value)); err == nil {
		r.Body = body
	}
	return r
}
