package oas31_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas31"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// convert converts a document with one schema and returns what became of that.
func convert(t *testing.T, schema string) (text string, files yamlsrc.Files, node *yaml.Node, findings []string) {
	t.Helper()
	files = yamlsrc.Files{}
	diags := new(diag.List)
	root := files.Parse("s.yaml", []byte("openapi: 3.1.0\ncomponents: {schemas: {A:\n"+schema+"\n}}"), diags)
	require.NotNil(t, root)
	oas31.Convert(root, files, diags)
	assert.Equal(t, "3.0.3", yamlsrc.Text(root, "openapi"))
	node = yamlsrc.Value(yamlsrc.Value(yamlsrc.Value(root, "components"), "schemas"), "A")
	for _, f := range diags.Sorted() {
		assert.NotEmpty(t, f.Fix)
		f.Fix = ""
		findings = append(findings, f.String())
	}
	out, err := yaml.Marshal(node)
	require.NoError(t, err)
	return string(out), files, node, findings
}

func TestConvert(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		`{type: string}`:                                        `{type: string}`,
		`{type: [string]}`:                                      `{type: string}`,
		`{type: [string, "null"]}`:                              `{type: string, nullable: true}`,
		`{type: ["null", string], nullable: false}`:             `{type: string, nullable: false}`,
		`{type: [], title: a}`:                                  `{type: [], title: a}`,
		`{examples: [1, 2], title: a}`:                          `{example: 1, title: a}`,
		`{examples: [1, 2], example: 3}`:                        `{example: 3}`,
		`{examples: []}`:                                        `{}`,
		`{examples: {a: 1}}`:                                    `{examples: {a: 1}}`,
		`{properties: {const: {type: [integer, "null"]}}}`:      `{properties: {const: {type: integer, nullable: true}}}`,
		`{example: {type: [string, "null"], const: 1, if: {}}}`: `{example: {type: [string, "null"], const: 1, if: {}}}`,
		`{exclusiveMinimum: true, minimum: 1}`:                  `{exclusiveMinimum: true, minimum: 1}`,
		`{items: {examples: [{a: 1}]}}`:                         `{items: {example: {a: 1}}}`,
		`{$ref: '#/components/schemas/A', description: beside}`: `{$ref: '#/components/schemas/A', description: beside}`,
	} {
		t.Run(schema, func(t *testing.T) {
			t.Parallel()
			text, _, _, findings := convert(t, schema)
			assert.Empty(t, findings)
			assert.YAMLEq(t, want, text)
		})
	}
}

// TestPositionOfNullable finds nullable where null stood.
func TestPositionOfNullable(t *testing.T) {
	t.Parallel()
	_, files, node, _ := convert(t, `{type: [string, "null"]}`)
	key, value := yamlsrc.Get(node, "nullable")
	want := diag.Pos{File: "s.yaml", Line: 3, Col: 17}
	assert.Equal(t, want, files.Pos(key))
	assert.Equal(t, want, files.Pos(value))
	assert.Equal(t, diag.Pos{File: "s.yaml", Line: 3, Col: 9}, files.Pos(yamlsrc.Value(node, "type")))
}

// TestDocumentParts has what 3.1 adds beside the schemas: what says nothing goes, and
// the fix of a bound is what 3.0 has for it.
func TestDocumentParts(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		`{openapi: 3.1.0, info: {summary: s, license: {name: l, identifier: MIT}}}`:                 `{openapi: "3.0.3", info: {license: {name: l}}}`,
		`{openapi: 3.1.0, webhooks: {}, components: {pathItems: {}}}`:                               `{openapi: "3.0.3", components: {}}`,
		`{openapi: 3.1.0, jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema", a: b}`: `{openapi: "3.0.3", a: b}`,
	} {
		files, diags := yamlsrc.Files{}, new(diag.List)
		root := files.Parse("s.yaml", []byte(doc), diags)
		oas31.Convert(root, files, diags)
		require.NoError(t, diags.Err(), doc)
		out, err := yaml.Marshal(root)
		require.NoError(t, err)
		assert.YAMLEq(t, want, string(out))
	}
	files, diags := yamlsrc.Files{}, new(diag.List)
	oas31.Convert(files.Parse("s.yaml", []byte(`{openapi: 3.1.0, components: {schemas: {A: {exclusiveMinimum: 1}}}}`), diags), files, diags)
	require.Len(t, diags.Sorted(), 1)
	assert.Equal(t, "write minimum: 1 and exclusiveMinimum: true", diags.Sorted()[0].Fix)
}

// TestReported has what 3.0 cannot say: it is reported once, and nothing is left of it.
func TestReported(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		`{const: 1}`:                   "s.yaml:3:2: error: A: const is of OpenAPI 3.1, of which only what 3.0 says, too, is read [GEN006]",
		`{exclusiveMinimum: 1}`:        "s.yaml:3:2: error: A: exclusiveMinimum with a number is of OpenAPI 3.1 [GEN006]",
		`{exclusiveMaximum: .5}`:       "s.yaml:3:2: error: A: exclusiveMaximum with a number is of OpenAPI 3.1 [GEN006]",
		`{type: [string, integer]}`:    "s.yaml:3:2: error: A: several types are of OpenAPI 3.1 [GEN006]",
		`{type: "null"}`:               "s.yaml:3:2: error: A: the type null alone is of OpenAPI 3.1 [GEN006]",
		`{type: ["null"]}`:             "s.yaml:3:2: error: A: the type null alone is of OpenAPI 3.1 [GEN006]",
		`{type: [string, null]}`:       "s.yaml:3:17: error: A: the type null is a text [GEN006]",
		`{properties: {a: true}}`:      "s.yaml:3:18: error: A: a schema that is true is of OpenAPI 3.1 [GEN006]",
		`{not: true}`:                  "s.yaml:3:7: error: A: a schema that is true is of OpenAPI 3.1 [GEN006]",
		`{anyOf: [false]}`:             "s.yaml:3:10: error: A: a schema that is false is of OpenAPI 3.1 [GEN006]",
		`{not: {items: {$defs: {}}}}`:  "s.yaml:3:16: error: A: $defs is of OpenAPI 3.1, of which only what 3.0 says, too, is read [GEN006]",
		`{contentMediaType: text/css}`: "s.yaml:3:2: error: A: contentMediaType is of OpenAPI 3.1, of which only what 3.0 says, too, is read [GEN006]",
	} {
		t.Run(schema, func(t *testing.T) {
			t.Parallel()
			text, _, _, findings := convert(t, schema)
			assert.Equal(t, []string{want}, findings)
			_, _, _, again := convert(t, text)
			assert.Empty(t, again)
		})
	}
}
