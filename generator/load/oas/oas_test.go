package oas_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

const text = `
openapi: 3.0.3
tags: [{name: A}]
paths:
  x-ignored: {get: {operationId: No}}
  /a/{b}:
    parameters: [{name: b, in: path, schema: {type: string}}]
    get:
      operationId: GetA
      responses:
        "200":
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/S'}}
              example: {get: {operationId: No, $ref: no}}
components:
  schemas:
    S:
      additionalProperties: true
      properties:
        properties: {type: string, x-ack-source: [{items: {type: string}}]}
        $ref: {type: string}
        a/b: {additionalProperties: {type: string}}
`

func parse(t *testing.T) *oas.Node {
	t.Helper()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(text), &doc))
	return oas.New(oas.Document, "", doc.Content[0])
}

// TestTree checks that keywords are told apart from names and from data.
func TestTree(t *testing.T) {
	t.Parallel()
	var got []string
	for n := range parse(t).All() {
		got = append(got, string(n.Kind)+" "+n.Pointer()+" "+n.Subject())
	}
	assert.Equal(t, []string{
		"document  ",
		"tag /tags/0 ",
		"paths /paths ",
		"path item /paths/~1a~1{b} ",
		"parameter /paths/~1a~1{b}/parameters/0 ",
		"schema /paths/~1a~1{b}/parameters/0/schema ",
		"operation /paths/~1a~1{b}/get GetA",
		"responses /paths/~1a~1{b}/get/responses GetA",
		"response /paths/~1a~1{b}/get/responses/200 GetA",
		"media type /paths/~1a~1{b}/get/responses/200/content/application~1json GetA",
		"schema /paths/~1a~1{b}/get/responses/200/content/application~1json/schema GetA",
		"schema /paths/~1a~1{b}/get/responses/200/content/application~1json/schema/items GetA",
		"components /components ",
		"schema /components/schemas/S S",
		"schema /components/schemas/S/properties/properties S",
		"schema /components/schemas/S/properties/$ref S",
		"schema /components/schemas/S/properties/a~1b S",
		"schema /components/schemas/S/properties/a~1b/additionalProperties S",
	}, got)
}

func TestRefs(t *testing.T) {
	t.Parallel()
	var refs []string
	for n := range parse(t).All() {
		if n.IsRef() {
			refs = append(refs, n.Ref())
		}
	}
	assert.Equal(t, []string{"#/components/schemas/S"}, refs)
}

func TestAccess(t *testing.T) {
	t.Parallel()
	doc := parse(t)
	s := doc.Child("components").Child("schemas")
	require.NotNil(t, s)
	assert.True(t, s.Has("properties"))
	assert.False(t, s.Has("items"))
	assert.Nil(t, s.Child("items"))
	assert.Empty(t, s.Text("properties"), "a mapping has no text")
	assert.Same(t, s.Key, s.Start())
	tag := doc.Child("tags")
	assert.Same(t, tag.Value, tag.Start(), "a list entry has no key")
	for op := range doc.Of(oas.Operation) {
		assert.Same(t, op, op.Owner())
		return // ranging may stop
	}
	t.Error("no operation")
}
