package normalize

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// settleType leaves a schema at most one type: the one that it declares beside null,
// or that its keywords mean. One that can have several has none, which is any JSON.
func settleType(s *openapi3.Schema) {
	types := slices.DeleteFunc(slices.Clone(s.Type.Slice()), func(t string) bool { return t == openapi3.TypeNull })
	s.Nullable = s.Nullable || len(types) < len(s.Type.Slice())
	if slices.Contains(s.Enum, nil) {
		s.Nullable = true
		s.Enum = slices.DeleteFunc(slices.Clone(s.Enum), func(v any) bool { return v == nil })
	}
	switch {
	case len(types) > 1 || len(s.OneOf)+len(s.AnyOf) > 0:
		types = nil
	case len(types) == 1:
	default:
		types = impliedType(s)
	}
	s.Type = nil
	if len(types) > 0 {
		s.Type = &openapi3.Types{types[0]}
	}
	if s.Type.Is(openapi3.TypeArray) && s.Items == nil {
		s.Items = &openapi3.SchemaRef{Value: &openapi3.Schema{}, Origin: s.Origin}
	}
}

// typesOfFormats are the types of the formats that OpenAPI defines, and of the best
// known others.
var typesOfFormats = map[string]string{
	"int32": "integer", "int64": "integer", "float": "number", "double": "number", "byte": "string", "binary": "string", "date": "string",
	"date-time": "string", "password": "string", "uuid": "string", "email": "string", "uri": "string", "hostname": "string", "duration": "string",
}

// impliedType returns the type of a schema that declares none and has keywords of
// one, or nil.
func impliedType(s *openapi3.Schema) []string {
	switch {
	case len(s.Properties) > 0 || s.AdditionalProperties.Schema != nil || s.MinProps > 0 || s.MaxProps != nil:
		return []string{openapi3.TypeObject}
	case s.Items != nil: // bounds alone leave open what the items are
		return []string{openapi3.TypeArray}
	case typesOfFormats[s.Format] != "":
		return []string{typesOfFormats[s.Format]}
	case s.Pattern != "" || s.MinLength > 0 || s.MaxLength != nil || len(s.Enum) > 0 && all[string](s.Enum):
		return []string{openapi3.TypeString}
	case s.Min != nil || s.Max != nil || s.MultipleOf != nil:
		return []string{openapi3.TypeNumber}
	case len(s.Enum) > 0 && all[bool](s.Enum):
		return []string{openapi3.TypeBoolean}
	}
	return nil
}

func all[T any](values []any) bool {
	return !slices.ContainsFunc(values, func(v any) bool { _, ok := v.(T); return !ok })
}

// alternatives takes what needs no choice out of oneOf and anyOf: null, a single
// variant, variants that only say which properties go together, and scalars of one
// type.
func (n *normalizer) alternatives(s *openapi3.Schema) {
	for _, list := range []*openapi3.SchemaRefs{&s.OneOf, &s.AnyOf} {
		rest := openapi3.SchemaRefs{}
		for _, v := range *list {
			switch {
			case v == nil || v.Value == nil:
			case isNull(v.Value):
				s.Nullable = true
			case v.Ref == "" && isConstraint(v.Value):
			default:
				rest = append(rest, v)
			}
		}
		*list = rest
		if len(rest) == 1 {
			s.AllOf, *list = append(s.AllOf, rest[0]), nil
		}
		if t := commonScalar(rest); t != nil && len(rest) > 1 {
			*list = nil
			mergeScalars(s, t, rest)
		}
	}
}

// fieldsBeside warns of fields that stand beside alternatives and are in none of
// them.
func (n *normalizer) fieldsBeside(s *openapi3.Schema) {
	variants := slices.Concat(s.OneOf, s.AnyOf)
	if len(s.Properties) == 0 || len(variants) == 0 {
		return
	}
	heirs := !slices.ContainsFunc(variants, func(v *openapi3.SchemaRef) bool {
		return !slices.ContainsFunc(v.Value.AllOf, func(part *openapi3.SchemaRef) bool { return part.Value == s }) && n.state[v.Value] != done
	})
	if !heirs {
		n.warn(n.Locate(s.Origin, "properties"), CodeMerge, "", "fields beside alternatives are not in the types of the alternatives", "put them into a schema that every alternative has in its allOf")
	}
}

func isNull(s *openapi3.Schema) bool {
	return s.Type.Is(openapi3.TypeNull) || s.Type.IsEmpty() && len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(v any) bool { return v != nil }) ||
		s.Type.IsEmpty() && s.Nullable && !hasContent(s)
}

// isConstraint reports whether a variant describes no value of its own.
func isConstraint(s *openapi3.Schema) bool {
	return (len(s.Required) > 0 || s.Not != nil) && len(s.Properties) == 0 && len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) == 0 && s.Items == nil
}

// hasContent reports whether a schema says more than texts about its values.
func hasContent(s *openapi3.Schema) bool {
	return !s.Type.IsEmpty() || impliedType(s) != nil || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf)+len(s.Required)+len(s.Enum) > 0
}

// commonScalar returns the type that all variants share, if it is that of a scalar.
func commonScalar(variants openapi3.SchemaRefs) *openapi3.Types {
	var common string
	for _, v := range variants {
		types := v.Value.Type.Slice()
		if len(types) == 0 {
			types = impliedType(v.Value)
		}
		if len(types) != 1 || types[0] == openapi3.TypeObject || types[0] == openapi3.TypeArray || common != "" && types[0] != common {
			return nil
		}
		common = types[0]
	}
	return &openapi3.Types{common}
}

// mergeScalars makes a scalar of a schema whose variants are scalars of one type.
// Its values are known when those of all variants are.
func mergeScalars(s *openapi3.Schema, t *openapi3.Types, variants openapi3.SchemaRefs) {
	s.Type = t
	known, format := true, variants[0].Value.Format
	var values []any
	for _, v := range variants {
		known = known && len(v.Value.Enum) > 0
		if v.Value.Format != format {
			format = ""
		}
		for _, value := range v.Value.Enum {
			if !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
	}
	s.Format = format
	if known {
		s.Enum = values
	}
}
