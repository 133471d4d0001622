package gateway

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	maxVariants = 4    // how many variants of a oneOf are tried
	maxNested   = 8    // how many references deep optional values go
	maxValues   = 2000 // in one sample, before optional values are left out
	maxLength   = 4096 // of a text or a list that a schema demands
)

// sample makes a value that a schema allows, of the examples, defaults and bounds in it. It reports false when it finds none that fits:
// a schema may be contradictory, or need itself without an end.
func (d document) sample(schema any, fits func(value any) bool) (any, bool) {
	for _, examples := range []bool{true, false} {
		for variant := range maxVariants {
			s := sampler{doc: d, examples: examples, variant: variant, left: maxValues}
			if value, ok := s.value(schema); ok && fits(value) {
				return value, true
			}
		}
	}
	return nil, false
}

// A sampler makes one sample.
type sampler struct {
	doc      document
	examples bool // whether to take examples and defaults, which may be wrong
	variant  int  // which variant of a oneOf or anyOf to take first
	left     int
	open     []string // references that the value is within: entering one again would not end
}

func (s *sampler) value(schema any) (any, bool) {
	s.left--
	outside := s.open
	defer func() { s.open = outside }()
	merged, ok := s.merge(schema)
	if ok {
		if value, ok := s.made(merged); ok {
			return value, true
		}
	} else {
		merged, _ = schema.(map[string]any)
	}
	return nil, merged["nullable"] == true
}

// made makes a value of a merged schema.
func (s *sampler) made(schema map[string]any) (any, bool) {
	if value, ok := s.given(schema); ok {
		return value, true
	}
	switch kindOf(schema) {
	case "object":
		return s.object(schema)
	case "array":
		return s.array(schema)
	case "string":
		return sampleText(schema)
	case "integer", "number":
		return sampleNumber(schema), true
	case "boolean":
		return true, true
	case "null":
		return nil, true
	}
	return map[string]any{}, true // anything
}

// given returns a value that stands in the schema.
func (s *sampler) given(schema map[string]any) (any, bool) {
	if s.examples {
		for _, key := range []string{"example", "default"} {
			if value := schema[key]; value != nil {
				return value, true
			}
		}
		if list, _ := schema["examples"].([]any); len(list) > 0 {
			return list[0], true
		}
	}
	if value := schema["const"]; value != nil {
		return value, true
	}
	values, _ := schema["enum"].([]any)
	if i := slices.IndexFunc(values, func(v any) bool { return v != nil }); i >= 0 {
		return values[i], true
	}
	return nil, false
}

func (s *sampler) object(schema map[string]any) (any, bool) {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	out := make(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		needed := slices.Contains(required, any(name))
		switch {
		case s.doc.at(properties[name], "writeOnly") == true:
			continue
		case !needed && (len(s.open) > maxNested || s.left < 0):
			continue
		}
		if value, ok := s.value(properties[name]); ok {
			out[name] = value
		} else if needed {
			return nil, false
		}
	}
	for _, name := range required {
		text := fmt.Sprint(name)
		if properties[text] != nil {
			continue
		}
		value, ok := s.value(schema["additionalProperties"])
		if !ok {
			return nil, false
		}
		out[text] = value
	}
	return out, s.fillMap(out, schema)
}

// fillMap adds members of any name where a map has to have some, and one to a map without any.
func (s *sampler) fillMap(out, schema map[string]any) bool {
	least, _ := wholeNumber(schema["minProperties"])
	if least > maxLength {
		return false
	}
	_, typed := schema["additionalProperties"].(map[string]any)
	if typed && len(out) == 0 && least == 0 {
		if value, ok := s.value(schema["additionalProperties"]); ok {
			out["key"] = value
		}
		return true
	}
	for i := 1; len(out) < least; i++ {
		value, ok := s.value(schema["additionalProperties"])
		if !ok {
			return false
		}
		out[fmt.Sprintf("key%d", i)] = value
	}
	return true
}

func (s *sampler) array(schema map[string]any) (any, bool) {
	least, _ := wholeNumber(schema["minItems"])
	if least > maxLength {
		return nil, false
	}
	most, bounded := wholeNumber(schema["maxItems"])
	list := []any{}
	if bounded && most == 0 {
		return list, true
	}
	item, ok := s.value(schema["items"])
	if !ok {
		return list, least == 0
	}
	for range max(1, least) {
		list = append(list, item)
	}
	return list, true
}

// merge returns a schema with all of its allOf and with one variant of its oneOf and anyOf in it, and enters the references on the way.
func (s *sampler) merge(schema any) (map[string]any, bool) {
	object, _ := schema.(map[string]any)
	if pointer, isRef := object["$ref"].(string); isRef {
		if slices.Contains(s.open, pointer) {
			return nil, false
		}
		s.open = append(slices.Clone(s.open), pointer)
		object, _ = s.doc.resolve(schema).(map[string]any)
	}
	out := maps.Clone(object)
	if out == nil {
		out = make(map[string]any)
	}
	all, _ := object["allOf"].([]any)
	for _, part := range all {
		merged, ok := s.merge(part)
		if !ok {
			return nil, false
		}
		// An example of a part is not one of the whole.
		join(out, merged, len(all) > 1 || object["properties"] != nil)
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		if variants, _ := object[key].([]any); len(variants) > 0 && !s.choose(out, variants) {
			return nil, false
		}
	}
	return out, true
}

// choose joins the first variant that ends to a schema.
func (s *sampler) choose(out map[string]any, variants []any) bool {
	for i := range variants {
		variant := variants[(s.variant+i)%len(variants)]
		merged, ok := s.merge(variant)
		if !ok {
			continue
		}
		if name := s.doc.at(out["discriminator"], "propertyName"); name != nil {
			merged = maps.Clone(merged)
			join(merged, map[string]any{"required": []any{name}}, false)
			properties, _ := merged["properties"].(map[string]any)
			properties = maps.Clone(properties)
			if properties == nil {
				properties = make(map[string]any)
			}
			properties[fmt.Sprint(name)] = map[string]any{"const": discriminated(out["discriminator"], variant)}
			merged["properties"], merged["type"] = properties, "object"
			delete(merged, "example")
		}
		join(out, merged, out["properties"] != nil)
		return true
	}
	return false
}

// discriminated returns the value that tells a variant from the others: its key in the mapping, or the name of its schema.
func discriminated(discriminator, variant any) string {
	object, _ := variant.(map[string]any)
	pointer, _ := object["$ref"].(string)
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	holder, _ := discriminator.(map[string]any)
	mapping, _ := holder["mapping"].(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(mapping)) {
		if mapping[key] == pointer || mapping[key] == name {
			return key
		}
	}
	return name
}

// join adds what a part of a schema says to the rest, where the rest does not say it.
func join(out, part map[string]any, partial bool) {
	for key, value := range part {
		switch {
		case partial && (key == "example" || key == "examples" || key == "default"):
		case out[key] == nil:
			out[key] = value
		case key == "properties":
			out[key] = joinProperties(out[key], value)
		case key == "required":
			before, _ := out[key].([]any)
			more, _ := value.([]any)
			out[key] = slices.Concat(before, more)
		}
	}
}

func joinProperties(before, more any) any {
	a, _ := before.(map[string]any)
	b, _ := more.(map[string]any)
	out := make(map[string]any, len(a)+len(b))
	maps.Copy(out, a)
	for name, property := range b {
		if known := out[name]; known != nil {
			property = map[string]any{"allOf": []any{known, property}}
		}
		out[name] = property
	}
	return out
}

// kindOf returns the type of a schema, or the one that its words are for, or "".
func kindOf(schema map[string]any) string {
	switch t := schema["type"].(type) {
	case string:
		return t
	case []any: // OpenAPI 3.1
		if i := slices.IndexFunc(t, func(kind any) bool { return kind != "null" }); i >= 0 {
			return fmt.Sprint(t[i])
		}
		return "null"
	}
	for _, clue := range [][2]string{
		{"properties", "object"},
		{"additionalProperties", "object"},
		{"items", "array"},
		{"pattern", "string"},
		{"format", "string"},
		{"minLength", "string"},
		{"minimum", "number"},
	} {
		if schema[clue[0]] != nil {
			return clue[1]
		}
	}
	return ""
}
