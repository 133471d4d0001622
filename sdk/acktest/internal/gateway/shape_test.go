package gateway

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readSpec reads a document with some schemas and one path.
func readSpec(t *testing.T, schemas, path string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(
		`{openapi: 3.0.3, info: {title: t, version: "1"}, paths: {/a: ` + path + `}, components: {schemas: ` + schemas + `}}`))
	require.NoError(t, err)
	return doc
}

func TestShapes(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]struct{ object, array, member bool }{
		`{type: object}`:                         {object: true},
		`{type: array}`:                          {array: true},
		`{properties: {a: {type: string}}}`:      {object: true, member: true},
		`{additionalProperties: {type: string}}`: {object: true, member: true},
		`{additionalProperties: true}`:           {member: true},
		`{additionalProperties: false}`:          {},
		`{items: {type: string}}`:                {array: true},
		`{type: string, items: {}}`:              {},
		`{anyOf: [{properties: {a: {}}}]}`:       {object: true, member: true},
	} {
		s := shapeOf(readSpec(t, `{A: `+schema+`}`, `{}`).Components.Schemas["A"])
		assert.Equal(t, want.object, s.is(openapi3.TypeObject), schema)
		assert.Equal(t, want.array, s.is(openapi3.TypeArray), schema)
		assert.Equal(t, want.member, len(s.property("a")) > 0, schema)
	}
}

// TestLoosened has what newer services send: more values than an enum has, larger
// integers, and variants that fit twice.
func TestLoosened(t *testing.T) {
	t.Parallel()
	doc := readSpec(t, `{
		Level: {type: integer, minimum: 1, maximum: 3},
		Closed: {type: string, enum: [a], x-ack-closed: true},
		Either: {oneOf: [{type: string}, {type: string}]},
		Named: {oneOf: [{$ref: "#/components/schemas/Either"}], discriminator: {propertyName: kind}},
	}`, `{parameters: [{name: p, in: query, schema: {type: string, enum: [a]}}]}`)
	loosen(doc)
	schemas := doc.Components.Schemas
	assert.Nil(t, schemas["Level"].Value.Min)
	assert.Nil(t, schemas["Level"].Value.Max)
	assert.NotEmpty(t, schemas["Closed"].Value.Enum)
	assert.Empty(t, schemas["Either"].Value.OneOf)
	assert.Len(t, schemas["Either"].Value.AnyOf, 2)
	assert.Len(t, schemas["Named"].Value.OneOf, 1, "the discriminator chooses")
	assert.Empty(t, doc.Paths.Value("/a").Parameters[0].Value.Schema.Value.Enum, "of all operations of a path")
}

func TestReadBody(t *testing.T) {
	t.Parallel()
	const form = `{type: object, properties: {a: {type: string}, free: {}}}`
	for name, tt := range map[string]struct {
		mediaType, schema, sent, body string
		want                          any
	}{
		"form without fields": {formType, form, "", "", map[string]any{}},
		"field of any JSON":   {formType, form, formType, "a=1&free=%7B%22b%22%3A1%7D", map[string]any{"a": "1", "free": map[string]any{"b": json.Number("1")}}},
		"any type":            {`"*/*"`, form, jsonType, `{"a":"b"}`, map[string]any{"a": "b"}},
		"bytes of any type":   {`"*/*"`, `{type: string, format: binary}`, jsonType, `{"a":"b"}`, nil},
	} {
		def := readSpec(t, `{}`, `{put: {requestBody: {content: {`+tt.mediaType+`: {schema: `+tt.schema+`}}}, responses: {}}}`).Paths.Value("/a").Put
		op := &Operation{requestBody: def.RequestBody.Value}
		header := http.Header{}
		if tt.sent != "" {
			header.Set("Content-Type", tt.sent)
		}
		got, err := op.readBody(&received{header: header, body: []byte(tt.body)})
		require.NoError(t, err, name)
		assert.Equal(t, tt.want, got.value, name)
		assert.Equal(t, tt.want != nil, got.checked, name)
	}
}
