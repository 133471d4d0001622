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

// TestGenerateFails covers a spec that is wrong.
func TestGenerateFails(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "openapi.yaml")
	write(t, path, strings.Replace(spec, "type: string", "type: text", 1))
	doc, err := document.Open(path)
	require.NoError(t, err)
	_, err = gochange.Generate(t.Context(), doc, t.TempDir())
	require.ErrorContains(t, err, "generate from ")
}

// TestGenerateNeedsTheRuntime covers working directories that have no runtime, and one
// that requires it.
func TestGenerateNeedsTheRuntime(t *testing.T) {
	root, err := filepath.Abs("../../../..")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "openapi.yaml")
	write(t, path, spec)
	doc, err := document.Open(path)
	require.NoError(t, err)

	t.Chdir(t.TempDir())
	_, err = gochange.Generate(t.Context(), doc, t.TempDir())
	require.ErrorIs(t, err, gochange.ErrNoRuntime, "no module")
	write(t, "go.mod", "module example.com/x\n\ngo 1.26.0\n")
	_, err = gochange.Generate(t.Context(), doc, t.TempDir())
	require.ErrorIs(t, err, gochange.ErrNoRuntime, "another module")
	require.ErrorContains(t, err, "run this in that module, or in one that requires it")

	write(t, "go.mod", "module example.com/x\n\ngo 1.26.0\n\nrequire github.com/ackgen/ackgen v0.0.0\n\nreplace github.com/ackgen/ackgen => "+root+"\n")
	tree, err := gochange.Generate(t.Context(), doc, t.TempDir())
	require.NoError(t, err)
	assert.Empty(t, compare(t, tree, tree))
}
