package products

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// An input is what one call is made with: values by wire name, as encoding/json decodes them, and bytes for a binary body.
type input struct {
	label   string
	params  map[string]any
	body    any
	hasBody bool
}

// awkward holds what URLs, forms and JSON treat specially.
const awkward = ` a b/c+d*e~f%20g&h=i?j#k;l:m@n$o!p'q"r(s)<t>[u]{v}|\w^x` + "`é世界🚀-_. "

// inputs returns the calls to compare: everything set, and only what is required.
func (op *operation) inputs() []input {
	return []input{op.input("everything", true), op.input("required only", false)}
}

func (op *operation) input(label string, everything bool) input {
	in := input{label: label, params: make(map[string]any), hasBody: op.mediaType != "" && (everything || op.bodyRequired)}
	text := "value"
	if everything {
		text = awkward
	}
	for _, param := range op.params {
		if !everything && !param.Required {
			continue
		}
		s := sampler{everything: everything, text: param.Name + text}
		if param.In == openapi3.ParameterInHeader {
			s.text = param.Name + ` "value"; a=b, c`
		}
		in.params[param.Name] = s.value(schemaOf(param))
	}
	switch {
	case !in.hasBody:
	case op.binary():
		in.body = []byte("\x00\x01\xff binary \r\n" + awkward)
	default:
		in.body = sampler{everything: everything, text: text}.value(op.body)
	}
	return in
}

// A sampler makes values that fit a schema, the same ones each time.
type sampler struct {
	everything bool
	text       string
	inside     []*openapi3.Schema // the objects around the value: one that holds itself ends
}

func (s sampler) value(schema *openapi3.Schema) any {
	switch {
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	case schema.Type.Is(openapi3.TypeString):
		return s.text
	case schema.Type.Is(openapi3.TypeBoolean):
		return true
	case schema.Type.Is(openapi3.TypeInteger) && schema.Format == "int32":
		return json.Number("2147483647")
	case schema.Type.Is(openapi3.TypeInteger):
		return json.Number("9007199254740993") // no float64 holds it
	case schema.Type.Is(openapi3.TypeNumber):
		return json.Number("0.25")
	case schema.Type.Is(openapi3.TypeArray):
		return s.list(schema)
	case schema.Type.Is(openapi3.TypeObject):
		return s.object(schema)
	default:
		return map[string]any{"any": []any{s.text, true, json.Number("1")}}
	}
}

func (s sampler) list(schema *openapi3.Schema) any {
	if slices.Contains(s.inside, schema.Items.Value) {
		return []any{}
	}
	item := s.value(schema.Items.Value)
	return []any{item, item}
}

func (s sampler) object(schema *openapi3.Schema) any {
	s.inside = append(slices.Clone(s.inside), schema)
	object := make(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		property := schema.Properties[name].Value
		wanted := s.everything || slices.Contains(schema.Required, name)
		if wanted && !slices.Contains(s.inside, property) {
			object[name] = s.value(property)
		}
	}
	if values := schema.AdditionalProperties.Schema; values != nil && s.everything && !slices.Contains(s.inside, values.Value) {
		object["a key"] = s.value(values.Value)
	}
	return object
}
