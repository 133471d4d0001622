package gateway

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSamples makes a sample of each schema, and demands that it is one, by the validator.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, schema, want string }{
		{"text", `{type: string}`, `"text"`},
		{"short", `{type: string, maxLength: 2}`, `"te"`},
		{"long", `{type: string, minLength: 9}`, `"texttextt"`},
		{"format", `{type: string, format: date-time}`, `"2026-01-02T15:04:05Z"`},
		{"unknown format", `{type: string, format: cron}`, `"text"`},
		{"binary", `{type: string, format: binary}`, `"text"`},
		{"pattern", `{type: string, pattern: "^[a-z]+-[0-9]{4}(x|y)?\\.\\d$"}`, `"a-0000.0"`},
		{"long pattern", `{type: string, pattern: "^[A-Z][A-Za-z0-9_]*$", minLength: 5, maxLength: 6}`, `"Aaaaa"`},
		{"negated pattern", `{type: string, pattern: "^[^a-zA-Z0-9].$"}`, "\"\\u0000a\""},
		{"closed", `{type: string, enum: [b, a]}`, `"b"`},
		{"numbers", `{type: integer, enum: [3, 1]}`, `3`},
		{"null first", `{type: string, nullable: true, enum: [null, a]}`, `"a"`},
		{"example", `{type: string, example: it, default: that}`, `"it"`},
		{"default", `{type: integer, default: 7}`, `7`},
		{"bad example", `{type: integer, example: many, default: 7}`, `1`},
		{"integer", `{type: integer}`, `1`},
		{"least", `{type: integer, minimum: 9007199254740993}`, `9007199254740993`},
		{"fraction", `{type: integer, minimum: 2.5}`, `3`},
		{"more than", `{type: integer, minimum: 2, exclusiveMinimum: true}`, `3`},
		{"most", `{type: integer, maximum: -4}`, `-4`},
		{"less than", `{type: integer, maximum: 1, exclusiveMaximum: true}`, `0`},
		{"between", `{type: number, minimum: 0, exclusiveMinimum: true, maximum: 0.5, exclusiveMaximum: true}`, `0.25`},
		{"multiple", `{type: integer, minimum: 7, multipleOf: 5}`, `10`},
		{"boolean", `{type: boolean}`, `true`},
		{"anything", `{description: Any JSON.}`, `{}`},
		{"list", `{type: array, items: {type: integer}}`, `[1]`},
		{"full list", `{type: array, minItems: 2, items: {type: boolean}}`, `[true,true]`},
		{"no item", `{type: array, maxItems: 0, items: {type: boolean}}`, `[]`},
		{"map", `{type: object, additionalProperties: {type: integer}}`, `{"key":1}`},
		{"full map", `{type: object, minProperties: 2, additionalProperties: {type: integer}}`, `{"key1":1,"key2":1}`},
		{"free object", `{type: object}`, `{}`},
		{"object", `{properties: {a: {type: string}, b: {type: string, writeOnly: true}}, required: [b]}`, `{"a":"text"}`},
		{"undescribed", `{type: object, required: [a], additionalProperties: {type: integer}}`, `{"a":1}`},
		{"cycle", `{$ref: "#/components/schemas/Node"}`, `{"name":"text","list":[]}`},
		{"required in a map", `{$ref: "#/components/schemas/Tree"}`, `{"below":{}}`},
		{"nullable cycle", `{$ref: "#/components/schemas/Maybe"}`, `{"next":null}`},
		{"all of", `{allOf: [{$ref: "#/components/schemas/Named"}, {type: object, properties: {size: {type: integer}}, required: [size]}]}`,
			`{"name":"text","size":1}`},
		{"example of a part", `{allOf: [{type: object, properties: {a: {type: string}}, example: {a: x}}, {required: [b], properties: {b: {type: string}}}]}`,
			`{"a":"text","b":"text"}`},
		{"property in both", `{allOf: [{properties: {a: {type: string}}}, {properties: {a: {minLength: 5}}}]}`, `{"a":"textt"}`},
		{"one of", `{oneOf: [{type: integer}, {type: string}]}`, `1`},
		{"one that the other is not", `{oneOf: [{type: integer}, {type: number, maximum: 0}]}`, `1`},
		{"second of", `{oneOf: [{type: number}, {type: integer}, {type: boolean}]}`, `true`},
		{"any of", `{anyOf: [{type: boolean}, {type: string}]}`, `true`},
		{"variant with a name", `{oneOf: [{$ref: "#/components/schemas/Cat"}], discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat"}}}`,
			`{"kind":"cat","lives":1}`},
		{"variant with the name of a schema", `{oneOf: [{$ref: "#/components/schemas/Cat"}], discriminator: {propertyName: kind, mapping: {cat: Cat}}}`,
			`{"kind":"cat","lives":1}`},
		{"list of examples", `{type: string, examples: [one, two]}`, `"one"`},
		{"text without a type", `{minLength: 3}`, `"text"`},
		{"number without a type", `{minimum: 3}`, `3`},
		{"type or null", `{type: ["null", string]}`, `"text"`},
		{"readable of a range", `{type: string, pattern: "^[!-~]$"}`, `"a"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			value, ref, ok := sampleOf(t, tt.schema)
			require.True(t, ok)
			got, err := marshalJSON(value)
			require.NoError(t, err)
			assert.JSONEq(t, tt.want, got)
			assert.NoError(t, ref.Value.VisitJSON(value, openapi3.VisitAsResponse()))
		})
	}
}

func TestNoSample(t *testing.T) {
	t.Parallel()
	for name, schema := range map[string]string{
		"endless":         `{$ref: "#/components/schemas/Endless"}`,
		"contradictory":   `{type: integer, minimum: 5, maximum: 1}`,
		"same variants":   `{oneOf: [{type: string}, {type: string}]}`,
		"huge text":       `{type: string, minLength: 1000000000}`,
		"huge list":       `{type: array, minItems: 1000000000, items: {type: string}}`,
		"huge map":        `{type: object, minProperties: 1000000000, additionalProperties: {type: string}}`,
		"pattern":         `{type: string, pattern: "^a$", minLength: 2}`,
		"exploding":       `{type: string, pattern: "^(((a+)+)+)+b$", maxLength: 1}`,
		"list of endless": `{type: array, minItems: 1, items: {$ref: "#/components/schemas/Endless"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value, _, ok := sampleOf(t, schema)
			assert.False(t, ok, "%v", value)
		})
	}
}

// TestSamplesEnd makes a sample of schemas that all refer to each other, of which the full value would have 30 factorial parts.
func TestSamplesEnd(t *testing.T) {
	t.Parallel()
	schemas := make(map[string]any)
	properties := make(map[string]any)
	for i := range 30 {
		name := string(rune('A' + i))
		properties[name] = map[string]any{"$ref": "#/components/schemas/" + name}
		schemas[name] = map[string]any{"type": "object", "properties": properties}
	}
	d := document{"components": map[string]any{"schemas": schemas}}
	value, ok := d.sample(properties["A"], func(any) bool { return true })
	require.True(t, ok)
	text, err := marshalJSON(value)
	require.NoError(t, err)
	assert.Less(t, len(text), 100*maxValues)
}

// sampleOf makes a sample of a schema in YAML.
func sampleOf(t *testing.T, schema string) (any, *openapi3.SchemaRef, bool) {
	t.Helper()
	text := []byte(`{openapi: 3.0.3, info: {title: t, version: "1"}, paths: {}, components: {schemas: {
		Sample: ` + schema + `,
		Named: {type: object, required: [name], properties: {name: {type: string}}},
		Node: {type: object, required: [name, list], properties: {
			name: {type: string}, next: {$ref: "#/components/schemas/Node"}, list: {type: array, items: {$ref: "#/components/schemas/Node"}}}},
		Tree: {type: object, required: [below], properties: {below: {type: object, additionalProperties: {$ref: "#/components/schemas/Tree"}}}},
		Maybe: {type: object, required: [next], properties: {next: {nullable: true, allOf: [{$ref: "#/components/schemas/Maybe"}]}}},
		Endless: {type: object, required: [next], properties: {next: {$ref: "#/components/schemas/Endless"}}},
		Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}}}}`)
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	exact, err := parseDocument(text)
	require.NoError(t, err)
	ref := doc.Components.Schemas["Sample"]
	raw, err := parseDocument([]byte(schema))
	require.NoError(t, err)
	value, ok := exact.sample(map[string]any(raw), func(value any) bool { return fits(value, ref) })
	return value, ref, ok
}
