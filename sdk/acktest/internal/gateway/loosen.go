package gateway

import (
	"path"

	"github.com/getkin/kin-openapi/openapi3"
)

// loosen removes what kin-openapi must not check: every enum that is not marked as closed, because ACK's documents list the values they
// know and the service takes others, and the bounds of integers, of which checkIntegers knows all digits.
func loosen(doc *openapi3.T) { eachSchema(doc, loosenSchema) }

func loosenSchema(schema *openapi3.Schema) {
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
}

// nameVariants writes out what a discriminator without a mapping means, which kin-openapi does not know: that its values are the names of the
// schemas. Without that, a value may match several variants.
func nameVariants(doc *openapi3.T) {
	eachSchema(doc, func(schema *openapi3.Schema) {
		d := schema.Discriminator
		if d == nil || len(d.Mapping) > 0 {
			return
		}
		mapping := make(map[string]openapi3.MappingRef)
		for _, list := range []openapi3.SchemaRefs{schema.OneOf, schema.AnyOf} {
			for _, variant := range list {
				if variant.Ref == "" {
					return // it has no name that values could say
				}
				mapping[path.Base(variant.Ref)] = openapi3.MappingRef{Ref: variant.Ref}
			}
		}
		d.Mapping = mapping
	})
}

// eachSchema visits every schema that requests and responses are checked with, once, before those inside of it.
func eachSchema(doc *openapi3.T, visit func(*openapi3.Schema)) {
	w := schemaWalker{visit: visit, seen: make(map[*openapi3.Schema]bool)}
	if c := doc.Components; c != nil {
		for _, ref := range c.Schemas {
			w.schema(ref)
		}
	}
	for _, item := range doc.Paths.Map() {
		w.parameters(item.Parameters)
		for _, op := range item.Operations() {
			w.operation(op)
		}
	}
}

type schemaWalker struct {
	visit func(*openapi3.Schema)
	seen  map[*openapi3.Schema]bool
}

func (w schemaWalker) operation(op *openapi3.Operation) {
	w.parameters(op.Parameters)
	if op.RequestBody != nil {
		w.content(op.RequestBody.Value.Content)
	}
	for _, ref := range op.Responses.Map() {
		if ref.Value != nil {
			w.content(ref.Value.Content)
		}
	}
}

func (w schemaWalker) parameters(list openapi3.Parameters) {
	for _, ref := range list {
		w.schema(ref.Value.Schema)
		w.content(ref.Value.Content)
	}
}

func (w schemaWalker) content(content openapi3.Content) {
	for _, media := range content {
		if media != nil {
			w.schema(media.Schema)
		}
	}
}

func (w schemaWalker) schema(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil || w.seen[ref.Value] {
		return
	}
	schema := ref.Value
	w.seen[schema] = true
	w.visit(schema)
	w.schema(schema.Items)
	w.schema(schema.AdditionalProperties.Schema)
	w.schema(schema.Not)
	for _, property := range schema.Properties {
		w.schema(property)
	}
	for _, list := range []openapi3.SchemaRefs{schema.AllOf, schema.AnyOf, schema.OneOf} {
		for _, sub := range list {
			w.schema(sub)
		}
	}
}
