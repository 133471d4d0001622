package acktest

import "github.com/getkin/kin-openapi/openapi3"

// loosen removes what kin-openapi must not check: every enum that is not marked as closed, because ACK's documents list the values they
// know and the service takes others, and the bounds of integers, of which checkIntegers knows all digits.
func loosen(doc *openapi3.T) {
	seen := make(map[*openapi3.Schema]bool)
	if c := doc.Components; c != nil {
		for _, ref := range c.Schemas {
			loosenSchema(ref, seen)
		}
	}
	for _, item := range doc.Paths.Map() {
		loosenParameters(item.Parameters, seen)
		for _, op := range item.Operations() {
			loosenParameters(op.Parameters, seen)
			if op.RequestBody != nil {
				loosenContent(op.RequestBody.Value.Content, seen)
			}
		}
	}
}

func loosenParameters(list openapi3.Parameters, seen map[*openapi3.Schema]bool) {
	for _, ref := range list {
		loosenSchema(ref.Value.Schema, seen)
		loosenContent(ref.Value.Content, seen)
	}
}

func loosenContent(content openapi3.Content, seen map[*openapi3.Schema]bool) {
	for _, media := range content {
		loosenSchema(media.Schema, seen)
	}
}

func loosenSchema(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	schema := ref.Value
	seen[schema] = true
	if closed, _ := schema.Extensions["x-ack-closed"].(bool); !closed {
		schema.Enum = nil
	}
	if len(schema.AnyOf) == 0 && schema.Discriminator == nil {
		// Without their enums, variants may not tell themselves apart any more.
		schema.AnyOf, schema.OneOf = schema.OneOf, nil
	}
	if schema.Type.Includes(openapi3.TypeInteger) {
		schema.Min, schema.Max = nil, nil
	}
	loosenSchema(schema.Items, seen)
	loosenSchema(schema.AdditionalProperties.Schema, seen)
	loosenSchema(schema.Not, seen)
	for _, property := range schema.Properties {
		loosenSchema(property, seen)
	}
	for _, list := range []openapi3.SchemaRefs{schema.AllOf, schema.AnyOf, schema.OneOf} {
		for _, sub := range list {
			loosenSchema(sub, seen)
		}
	}
}
