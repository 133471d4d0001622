package upstream_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

const theirs = `
openapi: 3.0.3
paths:
  /things/{thingId}:
    put:
      operationId: ChangeThing
      parameters:
        - {name: thingId, in: path, schema: {type: string}}
        - {name: force, in: query, schema: {type: boolean}}
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}}}
  /others:
    get: {operationId: ListOthers, responses: {}}
components:
  schemas:
    Thing:
      type: object
      properties:
        name: {type: string}
        parent: {$ref: "#/components/schemas/Thing"}
        parts: {type: object, additionalProperties: {type: array, items: {type: object, properties: {size: {type: integer}}}}}
`

const ours = `
openapi: 3.0.3
paths:
  /things/{id}:
    post:
      operationId: ChangeThing
      parameters: [{name: id, in: path, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
      responses: {"200": {content: {application/json: {schema: {type: object, properties: {parts: {type: object}}}}}}}
`

// TestGaps finds everything that one description has and another lacks.
func TestGaps(t *testing.T) {
	t.Parallel()
	want, err := upstream.Parse([]byte(theirs))
	require.NoError(t, err)
	have, err := upstream.Parse([]byte(ours))
	require.NoError(t, err)
	var got []string
	for _, g := range upstream.Gaps(want, have) {
		got = append(got, g.String())
	}
	assert.Equal(t, []string{
		"ChangeThing query force",
		"ChangeThing request parent",
		"ChangeThing request parts",
		"ChangeThing request parts.size",
		"ChangeThing response name",
		"ChangeThing response parent",
		"ChangeThing response parts.size",
		"ChangeThing route PUT /things/{}",
		"ListOthers operation",
	}, got)
	assert.Empty(t, upstream.Gaps(want, want))
}
