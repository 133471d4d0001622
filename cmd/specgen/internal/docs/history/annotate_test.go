package history_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

// old and grown are two versions of a spec in which fields lie in lists, in maps and in
// objects without a name.
const (
	old = `openapi: 3.0.3
info: {title: Things, version: "1"}
paths:
  /things:
    post:
      operationId: MakeThings
      tags: [Things]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                rows: {type: array, items: {type: object, properties: {a: {type: string}}}}
                thing: {$ref: '#/components/schemas/Thing'}
      responses:
        "200":
          description: Things.
          content:
            application/json:
              schema: {type: object, properties: {by_name: {type: object, additionalProperties: {type: object, properties: {a: {type: string}}}}}}
components:
  schemas:
    Thing: {type: object, properties: {a: {type: string}}}
`
	grown = "{a: {type: string}, b: {type: string}}"
)

func field(name string, t reference.Type, fields ...*reference.Field) *reference.Field {
	return &reference.Field{Name: name, Type: t, Fields: fields}
}

func TestAnnotate(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{file: old})
	repo.Git("tag", "v0.1.0")
	repo.Commit("grow", map[string]string{file: replace(old, "{a: {type: string}}", grown)})
	repo.Git("tag", "v0.2.0")
	repo.Commit("deprecate", map[string]string{file: replace(repo.Read(file), "operationId: MakeThings\n", "operationId: MakeThings\n      deprecated: true\n")})

	text, object := reference.Type{Name: "string"}, reference.Type{Name: "object"}
	pair := func() []*reference.Field { return []*reference.Field{field("a", text), field("b", text)} }
	thing := reference.Type{Prefix: "object ", Name: "Thing", Schema: "Thing"}
	api := &reference.API{
		Groups: []*reference.Group{{Operations: []*reference.Operation{{
			ID: "MakeThings", Notice: reference.Notice{Status: reference.Deprecated},
			Body: &reference.Body{Type: object, Fields: []*reference.Field{
				field("rows", reference.Type{Prefix: "array of ", Name: "object"}, pair()...), field("thing", thing, pair()...),
			}},
			Responses: []reference.Response{{Status: "200", Body: &reference.Body{Type: object, Fields: []*reference.Field{
				field("by_name", reference.Type{Prefix: "map of ", Name: "object"}, pair()...),
			}}}, {Status: "204"}},
		}}}},
		Schemas: []*reference.Schema{{Name: "Thing", Type: object, Fields: pair()}},
	}
	h := read(t, repo)
	h.Annotate(api)
	op := api.Operations()[0]
	assert.Equal(t, "since v0.1.0", op.Since)
	assert.Equal(t, "in the next release", op.Notice.Since)
	for name, fields := range map[string][]*reference.Field{
		"list":   op.Body.Fields[0].Fields,
		"schema": op.Body.Fields[1].Fields,
		"map":    op.Responses[0].Body.Fields[0].Fields,
		"page":   api.Schemas[0].Fields,
	} {
		assert.Empty(t, fields[0].Since, name)
		assert.Equal(t, "since v0.2.0", fields[1].Since, name)
	}

	repo.Git("checkout", "--quiet", "v0.2.0")
	read(t, repo).Annotate(api)
	assert.Equal(t, "new in v0.2.0", op.Body.Fields[1].Fields[1].Since)
	assert.Empty(t, op.Notice.Since)
}
