package gochange_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
)

const spec = `openapi: 3.0.3
info: {title: Things, version: "1"}
servers: [{url: https://things.example.com}]
paths:
  /things:
    get:
      operationId: ListThings
      tags: [Things]
      parameters:
        - {name: zone, in: query, schema: {type: string}}
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
`

// TestGenerate compares what is generated from two documents.
func TestGenerate(t *testing.T) {
	t.Parallel()
	base := generate(t, spec)
	same := generate(t, spec)
	assert.Empty(t, compare(t, base, same))
	head := generate(t, spec+`    Other: {type: object, properties: {thing: {$ref: "#/components/schemas/Thing"}}}
`, `name: zone`, `name: region`)
	var got []string
	for _, c := range compare(t, base, head).Changes {
		got = append(got, c.Level.String()+" "+c.Kind+" "+c.Subject)
		assert.Equal(t, []string{"ListThings"}, c.Operations)
	}
	assert.Equal(t, []string{"breaking go-removed ack.ListThingsRequest.Zone", "compatible go-added ack.ListThingsRequest.Region"}, got)
}

// generate makes a tree of a spec in which words are replaced.
func generate(t *testing.T, text string, replace ...string) gochange.Tree {
	t.Helper()
	path := filepath.Join(t.TempDir(), "openapi.yaml")
	write(t, path, strings.NewReplacer(replace...).Replace(text))
	doc, err := document.Open(path)
	require.NoError(t, err)
	tree, err := gochange.Generate(t.Context(), doc, t.TempDir())
	require.NoError(t, err)
	return tree
}
