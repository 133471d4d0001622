package normalize_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/normalize"
)

// schemas returns the named schemas of a document after it was normalized, and the
// text of the findings.
func schemas(t *testing.T, text string) (openapi3.Schemas, []string) {
	t.Helper()
	diags := new(diag.List)
	doc := load.Load(t.Context(), "s.yaml", []byte("openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths: {}\ncomponents:\n  schemas:\n"+text), nil, diags)
	require.NotNil(t, doc, diags.Err())
	normalize.Document(doc, diags)
	var found []string
	for _, f := range diags.Sorted() {
		found = append(found, f.Message)
	}
	return doc.Components.Schemas, found
}

func TestAllOfIsWrittenOut(t *testing.T) {
	t.Parallel()
	have, found := schemas(t, `
    Base: {type: object, required: [id], x-ack-go-name: Other, x-ack-status: legacy, properties: {id: {type: string}, size: {type: string}}}
    Thing:
      required: [name]
      properties: {name: {type: string}, size: {type: integer}}
      allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {state: {type: string}}}]
    Name: {type: string, maxLength: 5, allOf: [{type: string, minLength: 2, maxLength: 9, pattern: a}]}
`)
	assert.Empty(t, found)
	thing := have["Thing"].Value
	assert.Equal(t, []string{"id", "name", "size", "state"}, slices.Sorted(maps.Keys(thing.Properties)))
	assert.True(t, thing.Properties["size"].Value.Type.Is("integer"), "what a schema says itself counts more")
	assert.ElementsMatch(t, []string{"name", "id"}, thing.Required)
	assert.Equal(t, map[string]any{"x-ack-status": "legacy"}, thing.Extensions, "a name is that of the part")
	assert.Empty(t, thing.AllOf)
	assert.Equal(t, []string{"id", "size"}, slices.Sorted(maps.Keys(have["Base"].Value.Properties)), "the part stays as it is")
	name := have["Name"].Value
	assert.Equal(t, []any{uint64(2), uint64(5), "a"}, []any{name.MinLength, *name.MaxLength, name.Pattern})
}

func TestAllOfOfOneReferenceIsItsType(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ schema, want string }{
		"alone":                  {`{allOf: [{$ref: "#/components/schemas/Base"}], description: Text.}`, "#/components/schemas/Base"},
		"with fields of its own": {`{allOf: [{$ref: "#/components/schemas/Base"}], properties: {b: {type: string}}}`, "#/components/schemas/HolderField"},
		"with what is required":  {`{allOf: [{$ref: "#/components/schemas/Base"}], required: [a]}`, "#/components/schemas/HolderField"},
		"of two":                 {`{allOf: [{$ref: "#/components/schemas/Base"}, {$ref: "#/components/schemas/Base"}]}`, "#/components/schemas/HolderField"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			have, found := schemas(t, `
    Base: {type: object, properties: {a: {type: string}}}
    Holder: {type: object, properties: {field: `+tc.schema+`}}
`)
			assert.Empty(t, found)
			assert.Equal(t, tc.want, have["Holder"].Value.Properties["field"].Ref)
		})
	}
}

func TestAlternativesThatAreNone(t *testing.T) {
	t.Parallel()
	have, found := schemas(t, `
    Nullable: {anyOf: [{type: string}, {nullable: true}]}
    Together: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}
    Scalars: {oneOf: [{type: string, enum: [a, b]}, {type: string, enum: [b, c]}]}
    Open: {oneOf: [{type: string, enum: [a]}, {type: string}]}
    Union: {oneOf: [{type: string}, {type: integer}]}
`)
	assert.Empty(t, found)
	nullable := have["Nullable"].Value
	assert.True(t, nullable.Nullable && nullable.Type.Is("string"))
	assert.True(t, have["Together"].Value.Type.Is("object"))
	assert.Equal(t, []any{"a", "b", "c"}, have["Scalars"].Value.Enum)
	assert.Empty(t, have["Open"].Value.Enum)
	union := have["Union"].Value
	assert.True(t, union.Type.IsEmpty())
	assert.Len(t, union.OneOf, 2)
}
