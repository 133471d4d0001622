package reference_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/generator"
)

const begin = `openapi: 3.0.3
info: {title: Things, version: "1"}
`

func referenceOf(t *testing.T, spec string) *reference.API {
	t.Helper()
	doc, api, err := generator.Describe(t.Context(), generator.Options{SpecName: "openapi.yaml", Spec: []byte(begin + spec), Package: "things"})
	require.NoError(t, err)
	return reference.Build(doc, api, nil)
}

// count returns how many fields there are in trees, and how many of them lead elsewhere
// without being recursive.
func count(fields []*reference.Field) (all, full int) {
	for _, f := range fields {
		a, b := count(f.Fields)
		all, full = all+a+1, full+b
		if f.Elsewhere && !f.Recursive {
			full++
		}
	}
	return all, full
}

// TestFullPages has schemas that all hold each other: the ways through them have no end
// that anybody would see.
func TestFullPages(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("paths: {/a: {get: {operationId: GetA, tags: [T], responses: {\"200\": {description: A., content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}}}\ncomponents:\n  schemas:\n")
	for i := range 14 {
		fmt.Fprintf(&b, "    S%d:\n      type: object\n      properties:\n", i)
		for j := range 14 {
			fmt.Fprintf(&b, "        f%d: {$ref: '#/components/schemas/S%d'}\n", j, j)
		}
	}
	api := referenceOf(t, b.String())
	all, full := count(operation(t, api, "GetA").Responses[0].Body.Fields)
	assert.Less(t, all, 2100)
	assert.Greater(t, all, 1900, "a page shows what it has room for")
	assert.Positive(t, full)
	assert.Len(t, api.Schemas, 14)
}

// TestPlacesOfPages has names that are those of places that each page has.
func TestPlacesOfPages(t *testing.T) {
	t.Parallel()
	api := referenceOf(t, `paths:
  /a: {get: {operationId: GetA, tags: [main], responses: {"204": {description: None.}}}}
  /b: {get: {operationId: GetB, tags: [operations], responses: {"204": {description: None.}}}}
components:
  schemas:
    A: {type: object, properties: {search-input: {type: string}, search-result-3: {type: string}, main: {type: string}, name: {type: string}}}
x-ack-error-codes:
  search: {description: The search failed.}
`)
	var got []string
	for _, g := range api.Groups {
		got = append(got, g.Anchor)
	}
	for _, f := range api.Schemas[0].Fields {
		got = append(got, f.Anchor)
	}
	assert.ElementsMatch(t, []string{"Main", "Operations", "search-input-2", "search-result-3-2", "main-2", "name"}, got)
	assert.Equal(t, "search-2", api.ErrorCodes[0].Anchor)
}

func TestAdviceInAnyLanguage(t *testing.T) {
	t.Parallel()
	api := referenceOf(t, `paths:
  /a: {get: {operationId: GetA, tags: [T], summary: gets., description: "Deprecated: 请使用别的。", responses: {"204": {description: None.}}}}
  /b: {get: {operationId: GetB, tags: [T], summary: gets., description: "Deprecated: émigré.", responses: {"204": {description: None.}}}}
`)
	assert.Equal(t, "请使用别的。", operation(t, api, "GetA").Notice.Text.String())
	assert.Equal(t, "Émigré.", operation(t, api, "GetB").Notice.Text.String())
}

// TestReferences has properties that refer to schemas, which say some of what holds for
// them.
func TestReferences(t *testing.T) {
	t.Parallel()
	api := referenceOf(t, `paths: {/a: {get: {operationId: GetA, tags: [T], responses: {"204": {description: None.}}}}}
components:
  schemas:
    Password: {type: string, description: Any password., x-ack-sensitive: true}
    A:
      type: object
      properties:
        own: {$ref: '#/components/schemas/Password', description: That of this thing.}
        plain: {$ref: '#/components/schemas/Password'}
        old: {type: string, description: "A name.\n\nDeprecated: use another."}
`)
	fields := api.Schemas[0].Fields
	own, plain := field(t, fields, "own"), field(t, fields, "plain")
	assert.True(t, own.Sensitive, "as the schema says")
	assert.Equal(t, "That of this thing.", own.Description.String())
	assert.Equal(t, "Any password.", plain.Description.String())
	assert.Equal(t, reference.Deprecated, field(t, fields, "old").Notice.Status)
}

func TestUnknownActions(t *testing.T) {
	t.Parallel()
	api := referenceOf(t, `paths:
  /a: {get: {operationId: GetA, tags: [T], x-ack-ram-action: unknown, responses: {"302": {description: Elsewhere.}, "404": {description: Nowhere.}}}}
  /b: {get: {operationId: GetB, tags: [T], parameters: [{name: q, in: query, schema: {type: string, description: What.}}], responses: {"204": {description: None.}}}}
`)
	assert.Equal(t, "What.", operation(t, api, "GetB").Parameters[0].Description.String(), "as its schema says")
	op := operation(t, api, "GetA")
	assert.Empty(t, op.RAM.Actions, "what is unknown is no action")
	assert.Empty(t, op.RAM.Policy)
	require.Len(t, op.Responses, 1, "a redirect is no failure")
	assert.Equal(t, "302", op.Responses[0].Status)
	require.Len(t, op.Errors, 1)
}
