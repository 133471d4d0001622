package goapi_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/goapi"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
)

const spec = `
openapi: 3.0.3
info: {title: T, version: "2015-12-15", description: About.}
servers: [{url: "https://cs.{region}.example.com/", variables: {region: {default: a}}}]
tags: [{name: Second, description: B.}, {name: First, description: A.}, {name: Empty}]
paths:
  /z/{b}/{a}:
    post:
      operationId: PostZ
      tags: [First]
      parameters:
        - {name: a, in: path, required: true, schema: {type: string}}
        - {name: list, in: query, explode: false, schema: {type: array, items: {type: integer, format: int32}}}
        - {name: b, in: path, required: true, schema: {type: string}}
        - {name: json, in: query, content: {application/json: {schema: {type: object}}}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Body"}}}}
      responses: {"200": {description: d, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Item"}}}}}}
  /a:
    get:
      operationId: GetA
      tags: [Second]
      responses: {"204": {description: d}}
components:
  schemas:
    Body:
      type: object
      required: [z]
      properties:
        z: {type: string, x-ack-sensitive: true}
        flag: {type: boolean}
        item: {$ref: "#/components/schemas/Item"}
    Item: {type: object, properties: {id: {type: string}, next: {$ref: "#/components/schemas/Item"}}}
    Unused: {type: object, properties: {id: {type: string}}}
`

func loaded(t *testing.T) *load.Document {
	t.Helper()
	diags := new(diag.List)
	doc := load.Load(t.Context(), "dir/spec.yaml", []byte(spec), nil, diags)
	require.NoError(t, diags.Err())
	return doc
}

func TestBuildModel(t *testing.T) {
	t.Parallel()
	diags := new(diag.List)
	api := goapi.Build(loaded(t), goapi.Options{Package: "api", ImportPath: "example.com/api"}, diags)
	require.Empty(t, diags.Sorted())

	assert.Equal(t, "spec.yaml", api.Source, "generated files hold no paths of a machine")
	assert.Equal(t, model.Service{Name: "api", Version: "2015-12-15", Endpoint: "cs.{region}.example.com"}, api.Service)
	require.Len(t, api.Groups, 2, "groups come in the order of the tags, those without operations not at all")
	assert.Equal(t, "SecondAPI", api.Groups[0].Interface)
	assert.Equal(t, "FirstAPI", api.Groups[1].Interface)

	get, post := api.Groups[0].Operations[0], api.Groups[1].Operations[0]
	assert.Equal(t, model.ShapeEmpty, get.Shape)
	assert.Empty(t, get.Params)
	assert.Empty(t, get.Body.Kind)

	assert.Equal(t, []model.Param{
		{Kind: model.ParamPath, Wire: "b", Field: "B"},
		{Kind: model.ParamPath, Wire: "a", Field: "A"},
		{Kind: model.ParamQuery, Wire: "list", Field: "List"},
		{Kind: model.ParamQueryJSON, Wire: "json", Field: "JSON"},
	}, post.Params)
	assert.Equal(t, model.ShapeArray, post.Shape)
	assert.Equal(t, "Items", post.Result)
	assert.Equal(t, model.Body{Kind: model.BodyJSON}, post.Body)

	fields := map[string]model.Type{}
	var order []string
	for _, f := range post.Request.Fields {
		fields[f.Name] = f.Type
		order = append(order, f.Name+" "+f.Tag)
	}
	assert.Equal(t, []string{"B -", "A -", "List -", "JSON -", "Z z,omitzero", "Flag flag,omitzero", "Item item,omitzero"}, order)
	assert.Equal(t, model.Type{Kind: model.KindSecret}, fields["Z"])
	assert.Equal(t, model.Type{Kind: model.KindBool, Pointer: true}, fields["Flag"])
	assert.Equal(t, model.Type{Kind: model.KindNamed, Name: "Item", Pointer: true}, fields["Item"])
	assert.Equal(t, model.Type{Kind: model.KindSlice, Elem: &model.Type{Kind: model.KindInt32}}, fields["List"])
	assert.Equal(t, model.Type{Kind: model.KindMap, Elem: &model.Type{Kind: model.KindAny}}, fields["JSON"])

	require.Len(t, api.Types, 1)
	assert.Equal(t, "first_models_gen.go", api.Types[0].Name)
	require.Len(t, api.Types[0].Structs, 1, "a body lives on in the request, and what nothing reaches is left out")
	item := api.Types[0].Structs[0]
	assert.Equal(t, "Item", item.Name)
	assert.Equal(t, model.Type{Kind: model.KindNamed, Name: "Item", Pointer: true}, item.Fields[1].Type)
}

// TestBuildIsDeterministic builds often, since the maps of a document are walked
// in another order every time.
func TestBuildIsDeterministic(t *testing.T) {
	t.Parallel()
	opts := goapi.Options{Package: "api", ImportPath: "example.com/api"}
	first := goapi.Build(loaded(t), opts, new(diag.List))
	for range 20 {
		require.Equal(t, first, goapi.Build(loaded(t), opts, new(diag.List)))
	}
}
