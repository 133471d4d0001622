package normalize

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// merge writes allOf out: the schema gets the properties and the limits of all its
// parts. What it says itself counts more than what they say.
func (n *normalizer) merge(s *openapi3.Schema, place string) {
	if len(s.AllOf) == 0 {
		return
	}
	parts := s.AllOf
	s.AllOf = nil
	for _, part := range parts {
		if part == nil || part.Value == nil {
			continue
		}
		n.part(part, place)
		n.add(s, part.Value)
	}
}

// alias returns what a schema is another name for, or nil: an allOf of one reference,
// as people write it to have a text beside the reference.
func alias(s *openapi3.Schema) *openapi3.SchemaRef {
	if len(s.AllOf) != 1 || s.AllOf[0] == nil || s.AllOf[0].Ref == "" || len(s.OneOf)+len(s.AnyOf)+len(s.Enum)+len(s.Required) > 0 {
		return nil
	}
	if len(s.Properties) > 0 || s.Items != nil || s.AdditionalProperties.Schema != nil || s.Format != "" || s.Pattern != "" {
		return nil
	}
	return s.AllOf[0]
}

// part normalizes a part of an allOf without giving it a name: its properties become
// those of the whole.
func (n *normalizer) part(ref *openapi3.SchemaRef, place string) {
	s := ref.Value
	if n.state[s] != untouched { // one that is being looked at lists this part's owner among its alternatives
		return
	}
	n.state[s] = entered
	n.alternatives(s)
	n.merge(s, place)
	settleType(s)
	n.below(s, place)
	n.state[s] = done
}

// add takes over what a part says.
func (n *normalizer) add(s, part *openapi3.Schema) {
	s.Type = firstType(s.Type, part.Type)
	s.Properties = merged(s.Properties, part.Properties)
	for _, name := range part.Required {
		if !slices.Contains(s.Required, name) {
			s.Required = append(slices.Clip(s.Required), name)
		}
	}
	if s.AdditionalProperties.Schema == nil && s.AdditionalProperties.Has == nil {
		s.AdditionalProperties = part.AdditionalProperties
	}
	if s.Items == nil {
		s.Items = part.Items
	}
	if len(part.OneOf)+len(part.AnyOf) > 0 && !isHeir(s, part) {
		if len(s.Properties) > 0 || len(s.OneOf)+len(s.AnyOf) > 0 {
			n.warn(n.Locate(s.Origin), CodeMerge, "", "an allOf of fields and of alternatives becomes any JSON", "declare one object with optional fields")
		}
		s.OneOf, s.AnyOf = append(slices.Clip(s.OneOf), part.OneOf...), append(slices.Clip(s.AnyOf), part.AnyOf...)
	}
	limits(s, part)
}

// isHeir reports whether a schema is one of the alternatives of its own part, as
// documents write a base and its heirs.
func isHeir(s, part *openapi3.Schema) bool {
	return slices.ContainsFunc(slices.Concat(part.OneOf, part.AnyOf), func(v *openapi3.SchemaRef) bool { return v.Value == s })
}

// limits takes over the keywords of scalars that a schema does not have itself.
func limits(s, part *openapi3.Schema) {
	s.Format = cmp.Or(s.Format, part.Format)
	s.Pattern = cmp.Or(s.Pattern, part.Pattern)
	s.Description = cmp.Or(s.Description, part.Description)
	s.Min, s.Max = cmp.Or(s.Min, part.Min), cmp.Or(s.Max, part.Max)
	s.MinLength, s.MaxLength = cmp.Or(s.MinLength, part.MinLength), cmp.Or(s.MaxLength, part.MaxLength)
	s.MinItems, s.MaxItems = cmp.Or(s.MinItems, part.MinItems), cmp.Or(s.MaxItems, part.MaxItems)
	s.UniqueItems = s.UniqueItems || part.UniqueItems
	s.Nullable = s.Nullable || part.Nullable
	if len(s.Enum) == 0 {
		s.Enum = part.Enum
	}
	if s.Default == nil {
		s.Default = part.Default
	}
	theirs := maps.Clone(part.Extensions)
	delete(theirs, "x-ack-go-name") // names the part and not the whole
	delete(theirs, "x-ack-folder")
	s.Extensions = merged(s.Extensions, theirs)
}

// merged returns the entries of both maps. Those of the first count more.
func merged[M ~map[string]V, V any](first, second M) M {
	if len(second) == 0 {
		return first
	}
	out := maps.Clone(second)
	maps.Copy(out, first)
	return out
}

func firstType(types ...*openapi3.Types) *openapi3.Types {
	for _, t := range types {
		if !t.IsEmpty() {
			return t
		}
	}
	return nil
}
