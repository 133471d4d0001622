package validate

import (
	"context"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// walker visits every schema and every value of a loaded document.
type walker struct {
	*run

	ctx  context.Context
	seen map[*openapi3.Schema]bool

	loops bool // a schema leads back to itself, so that no value is checked
}

func (w *walker) document(doc *openapi3.T) {
	if doc.Paths != nil {
		for _, path := range doc.Paths.InMatchingOrder() {
			w.pathItem(doc.Paths.Value(path))
		}
	}
	if doc.Components == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
		w.schema(doc.Components.Schemas[name])
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Parameters)) {
		w.parameter(doc.Components.Parameters[name])
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.RequestBodies)) {
		w.requestBody(doc.Components.RequestBodies[name])
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Responses)) {
		w.response(doc.Components.Responses[name])
	}
}

func (w *walker) pathItem(item *openapi3.PathItem) {
	for _, p := range item.Parameters {
		w.parameter(p)
	}
	ops := item.Operations()
	for _, method := range slices.Sorted(maps.Keys(ops)) {
		op := ops[method]
		for _, p := range op.Parameters {
			w.parameter(p)
		}
		w.requestBody(op.RequestBody)
		if op.Responses == nil {
			continue
		}
		responses := op.Responses.Map()
		for _, status := range slices.Sorted(maps.Keys(responses)) {
			w.response(responses[status])
		}
	}
}

func (w *walker) parameter(ref *openapi3.ParameterRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	p := ref.Value
	w.schema(p.Schema)
	w.content(p.Content)
	w.value(p.Schema, p.Example, p.Origin, "example")
	w.examples(p.Schema, p.Examples)
}

func (w *walker) requestBody(ref *openapi3.RequestBodyRef) {
	if ref != nil && ref.Value != nil {
		w.content(ref.Value.Content)
	}
}

func (w *walker) response(ref *openapi3.ResponseRef) {
	if ref != nil && ref.Value != nil {
		w.content(ref.Value.Content)
	}
}

func (w *walker) content(content openapi3.Content) {
	for _, name := range slices.Sorted(maps.Keys(content)) {
		mt := content[name]
		if mt == nil {
			continue
		}
		w.schema(mt.Schema)
		w.value(mt.Schema, mt.Example, mt.Origin, "example")
		w.examples(mt.Schema, mt.Examples)
	}
}

func (w *walker) examples(schema *openapi3.SchemaRef, examples openapi3.Examples) {
	for _, name := range slices.Sorted(maps.Keys(examples)) {
		if e := examples[name]; e != nil && e.Value != nil {
			w.report(e.Value.Validate(w.ctx))
			w.value(schema, e.Value.Value, e.Value.Origin, "value")
		}
	}
}

// schema validates a schema and all below it, each by itself: the validator
// stops at the first problem of a schema.
func (w *walker) schema(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil || w.seen[ref.Value] {
		return
	}
	s := ref.Value
	w.seen[s] = true
	w.value(ref, s.Default, s.Origin, "default")
	w.value(ref, s.Example, s.Origin, "example")
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		w.schema(s.Properties[name])
	}
	w.schema(s.Items)
	w.schema(s.AdditionalProperties.Schema)
	w.schema(s.Not)
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf} {
		for _, sub := range list {
			w.schema(sub)
		}
	}
	w.report(s.Validate(w.ctx, withoutValues...))
}
