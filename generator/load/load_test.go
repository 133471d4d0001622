package load_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
)

const head = `openapi: 3.0.3
info: {title: T, version: "1"}
`

// found loads a document and returns its findings as text, without fixes.
func found(t *testing.T, spec string) []string {
	t.Helper()
	diags := new(diag.List)
	doc := load.Load(t.Context(), "s.yaml", []byte(spec), nil, diags)
	assert.Equal(t, diags.Sound(), doc != nil, "a document exactly when nothing is wrong")
	var out []string
	for _, f := range diags.Sorted() {
		f.Fix = ""
		out = append(out, f.String())
	}
	return out
}

func TestLoadSound(t *testing.T) {
	t.Parallel()
	for name, spec := range map[string]string{
		"no operation":                        head + "paths: {}\n",
		"JSON":                                `{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}`,
		"JSON with escaped slashes and emoji": `{"openapi": "3.0.3", "info": {"title": "T \ud83d\ude00 a\/b", "version": "1"}, "paths": {}}`,
		"comments, marks and other line ends": "# c\r\n---\r\n" + strings.ReplaceAll(head, "\n", "\r\n") + "paths: {}\r\n",
		"a byte order mark":                   "\ufeff" + head + "paths: {}\n",
		"references to references": head + `paths:
  /a/{id}: {get: {parameters: [{$ref: "#/components/parameters/A"}], responses: {"200": {description: d}}}}
components:
  parameters:
    A: {$ref: "#/components/parameters/B"}
    B: {$ref: "#/components/parameters/C"}
    C: {name: id, in: path, required: true, schema: {type: string}}
`,
		"$ref as data": head + `paths:
  /a:
    get:
      responses:
        "200": {description: d, content: {application/json: {schema: {type: object}, example: {$ref: "#/nowhere", x: 1}}}}
components:
  schemas:
    default: {type: object, properties: {$ref: {type: string}, example: {$ref: "#/components/schemas/enum"}}}
    enum: {type: string, enum: ["#/nowhere"], default: "#/nowhere"}
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Empty(t, found(t, spec))
		})
	}
}

// circle returns schemas N0 to Nn-1, each a reference to the next one.
func circle(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "    N%d: {$ref: \"#/components/schemas/N%d\"}\n", i, (i+1)%n)
	}
	return b.String()
}

func TestLoadFaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spec string
		want []string
	}{
		"empty":           {"", []string{"s.yaml:1:1: error: the file is empty [ACK003]"}},
		"a comment":       {"# nothing\n", []string{"s.yaml:1:1: error: the file is empty [ACK003]"}},
		"a list":          {"- a\n", []string{"s.yaml:1:1: error: this is not an OpenAPI document: the key openapi is missing [GEN002]"}},
		"another version": {"openapi: 3.2.0\n", []string{"s.yaml:1:10: error: the document is OpenAPI 3.2.0, and only OpenAPI 3.0 and what 3.1 shares with it are read [GEN002]"}},
		"broken YAML":     {"a: 1\nb: [\nc: }\n", []string{"s.yaml:2:1: error: broken YAML: did not find expected node content [ACK001]"}},
		"NUL":             {"a: \x00\n", []string{"s.yaml:1:4: error: broken YAML: control characters are not allowed [ACK001]"}},
		"tab":             {"a:\n\tb: 1\n", []string{"s.yaml:2:2: error: broken YAML: found character that cannot start any token [ACK001]"}},
		"keys that stand twice": {head + "paths: {}\ninfo: {title: T, title: U, 200: 1, \"200\": 2}\n", []string{
			"s.yaml:4:1: error: key \"info\" occurs twice in one mapping [ACK002]\ns.yaml:2:1: note: first here",
			"s.yaml:4:18: error: key \"title\" occurs twice in one mapping [ACK002]\ns.yaml:4:8: note: first here",
			"s.yaml:4:36: error: key \"200\" occurs twice in one mapping [ACK002]\ns.yaml:4:28: note: first here",
		}},
		"two documents": {head + "paths: {}\n---\nsecond: 1\n", []string{"s.yaml:4:1: error: a second YAML document starts here: readers ignore it [ACK003]"}},
		"anchors": {head + "paths: {}\ncomponents: {schemas: {A: &a {type: object}, B: *a}}\n", []string{
			"s.yaml:4:27: error: anchors and aliases are not supported: write the value out or move it to a fragment [ACK003]",
			"s.yaml:4:49: error: anchors and aliases are not supported: write the value out or move it to a fragment [ACK003]",
		}},
		"references": {head + `paths:
  /a:
    get:
      parameters: [{$ref: "#/components/parameters/None"}]
      responses:
        "200": {$ref: other.yaml}
        "404": {$ref: "#/components/responses/R", x-ack-status: legacy}
components: {responses: {R: {description: d}}}
`, []string{
			`s.yaml:6:27: error: GET /a: reference "#/components/parameters/None" leads to nothing [ACK051]`,
			`s.yaml:8:23: error: GET /a: reference "other.yaml" leads to another file, and the document was read without its folder [GEN005]`,
			`s.yaml:9:51: error: GET /a: the key x-ack-status stands beside $ref, where OpenAPI 3.0 ignores it [GEN001]`,
		}},
		"no paths": {head, []string{"s.yaml:1:1: error: paths must be an object [ACK052]"}},
		"wrong types of variables, headers, paths and entries": {head + `servers: [{url: "https://a", variables: {region: {default: 1}, zone: text}}]
paths:
  x-text: text
  /a:
    get:
      responses:
        "200": {description: d, headers: {A: {schema: text}}}
        "404": text
components: {schemas: {x-text: text, A: {type: object, properties: {x-text: text}}}}
`, []string{
			"s.yaml:3:60: error: default must be a string, not an integer [ACK050]",
			"s.yaml:3:70: error: zone in variables must be a mapping, not a string [ACK050]",
			"s.yaml:9:55: error: GET /a: schema must be a mapping, not a string [ACK050]",
			"s.yaml:10:16: error: GET /a: 404 in responses must be a mapping, not a string [ACK050]",
			"s.yaml:11:32: error: x-text in schemas must be a mapping, not a string [ACK050]",
			"s.yaml:11:77: error: A: x-text in properties must be a mapping, not a string [ACK050]",
		}},
		"what only the loader notices": {head + "paths: {/a: {get: {callbacks: {c: {/x: text}}, responses: {\"200\": {description: d}}}}}\n", []string{
			"s.yaml:3:20: error: GET /a: a string stands in it where OpenAPI has something else [ACK054]",
		}},
		"what only the loader notices, deep down": {head + `paths:
  /a:
    get:
      responses:
        "200":
          description: d
          content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}
components:
  schemas:
    A:
      type: object
      properties:
        a: {type: string}
        b: {type: array, items: {type: object, title: T, xml: {name: 3}}}
`, []string{"s.yaml:16:58: error: A: a number stands in it where OpenAPI has something else [ACK054]"}},
		"circles of references": {head + `paths:
  /a: {get: {parameters: [{$ref: "#/components/parameters/P"}], responses: {"200": {$ref: "#/components/responses/Self"}}}}
components:
  responses: {Self: {$ref: "#/components/responses/Self"}}
  parameters: {P: {$ref: "#/components/parameters/P"}}
  schemas:
    In: {$ref: "#/components/schemas/A"}
    A: {$ref: "#/components/schemas/B"}
    B: {$ref: "#/components/schemas/C"}
    C: {$ref: "#/components/schemas/A"}
    Fine: {$ref: "#/components/schemas/Last"}
    Last: {type: object, properties: {again: {$ref: "#/components/schemas/Fine"}}}
` + circle(10), []string{
			"s.yaml:6:28: error: Self: the reference leads in a circle and never to a response: Self, Self [ACK051]",
			"s.yaml:7:26: error: P: the reference leads in a circle and never to a parameter: P, P [ACK051]",
			"s.yaml:10:15: error: A: the reference leads in a circle and never to a schema: A, B, C, A [ACK051]",
			"s.yaml:15:16: error: N0: the reference leads in a circle and never to a schema: N0, N1, N2, N3, N4, N5, N6, N7, ..., N0 [ACK051]",
		}},
		"references of what is not a component": {head + `servers: [{$ref: "#/servers/0"}]
paths:
  /a: {$ref: "#/paths/~1b"}
  /b: {get: {responses: {"200": {description: d, content: {a/b: {schema: {$ref: "#/components/schemas/A/properties/a"}}}}}}}
  /c: {get: {responses: {"200": {description: d, content: {a/b: {schema: {$ref: "#/components/schemas/Other/items"}}}}}}}
components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}
`, []string{
			`s.yaml:3:18: error: reference "#/servers/0" stands in place of a server, which cannot be a reference [ACK051]`,
			`s.yaml:7:81: error: GET /c: reference "#/components/schemas/Other/items" leads to nothing [ACK051]`,
		}},
		"names that OpenAPI forbids": {head + `paths:
  a: {get: {security: [{none: []}], responses: {"200": {description: d}}}}
components:
  links: {l 1: {operationId: a}}
  schemas:
    Fine: {type: object}
    Café: {type: object}
security: [{key: []}]
`, []string{
			`s.yaml:4:3: error: path "a" does not start with a forward slash (/) [ACK052]`,
			`s.yaml:4:13: warning: GET a: security requirement /paths/a/get/security/0/none refers to undefined security scheme "none" [ACK052]`,
			`s.yaml:6:11: error: identifier "l 1" is not supported by OpenAPIv3 standard (charset: ["a-zA-Z0-9._-"]) [ACK052]`,
			`s.yaml:9:5: error: Café: identifier "Café" is not supported by OpenAPIv3 standard (charset: ["a-zA-Z0-9._-"]) [ACK052]`,
			`s.yaml:10:1: warning: security requirement /security/0/key refers to undefined security scheme "key" [ACK052]`,
		}},
		"types that do not exist": {head + `paths: {}
components: {schemas: {A: {type: interger}, B: {type: bool}, C: {type: Object}}}
`, []string{
			`s.yaml:4:28: error: A: there is no type "interger"; did you mean integer? [ACK052]`,
			`s.yaml:4:49: error: B: there is no type "bool": the types are array, boolean, integer, number, object, string [ACK052]`,
			`s.yaml:4:66: error: C: there is no type "Object"; did you mean object? [ACK052]`,
		}},
		"rules of OpenAPI, several at once": {head + `paths:
  /a/{b}:
    get:
      responses: {"200": {description: d}}
  /c:
    get:
      parameters: [{name: q, in: query, schema: {type: array}}]
      responses: {"200": {description: d}}
components: {schemas: {A: {type: strin}}}
`, []string{
			"s.yaml:4:3: error: GET /a/{b}: the path has {b}, which is not a path parameter of GET [ACK052]",
			`s.yaml:9:41: warning: GET /c: when schema type is 'array', schema 'items' must be non-null [ACK052]`,
			`s.yaml:11:28: error: A: there is no type "strin"; did you mean string? [ACK052]`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, found(t, tc.spec))
		})
	}
}

// TestLoadKeepsPositions makes sure that the later stages can say where things
// stand.
func TestLoadKeepsPositions(t *testing.T) {
	t.Parallel()
	diags := new(diag.List)
	doc := load.Load(t.Context(), "s.yaml", []byte(head+`paths:
  /a:
    get:
      operationId: A
      tags: [x]
      x-a: {b: {c: 1}}
      responses: {"200": {description: d}}
components:
  schemas:
    S:
      type: object
      properties:
        first: {type: string}
        second: {$ref: "#/components/schemas/S"}
`), nil, diags)
	require.True(t, diags.Sound())
	op := doc.Paths.Find("/a").Get
	assert.Equal(t, 5, op.Origin.Key.Line)
	tags, ok := op.Origin.Fields.Lookup("tags")
	require.True(t, ok)
	assert.Equal(t, 7, tags.Line)
	s := doc.Components.Schemas["S"]
	assert.Equal(t, 12, s.Value.Origin.Key.Line)
	assert.Equal(t, 15, s.Value.Properties["first"].Value.Origin.Key.Line)
	assert.Equal(t, 16, s.Value.Properties["second"].Origin.Key.Line, "the position of a reference is not that of its target")

	assert.Equal(t, diag.Pos{File: "s.yaml", Line: 8, Col: 7}, doc.Locate(op.Origin, "x-a"))
	assert.Equal(t, diag.Pos{File: "s.yaml", Line: 8, Col: 17}, doc.Locate(op.Origin, "x-a", "b", "c"))
	assert.Equal(t, diag.Pos{File: "s.yaml", Line: 8, Col: 13}, doc.Locate(op.Origin, "x-a", "b", "none"), "as deep as it goes")
	assert.Equal(t, diag.Pos{File: "s.yaml", Line: 5, Col: 5}, doc.Locate(op.Origin, "none"))
	assert.Equal(t, diag.Pos{File: "s.yaml"}, doc.Locate(nil, "x-a"))
}

// TestLoadEndsOnLoops has schemas that lead back to themselves without a value in between.
func TestLoadEndsOnLoops(t *testing.T) {
	t.Parallel()
	for _, loop := range []string{"not: {$ref: '#/components/schemas/A'}", "anyOf: [{$ref: '#/components/schemas/A'}]", "oneOf: [{$ref: '#/components/schemas/A'}]"} {
		assert.NotPanics(t, func() {
			load.Load(t.Context(), "s.yaml", []byte("openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths: {}\ncomponents: {schemas: {A: {default: 1, "+loop+"}}}\n"), nil, new(diag.List))
		})
	}
}

func TestLoadWithoutContent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a: b: c", "[]", "null", "openapi: 3.0.3", "openapi: [3.0.3]"} {
		diags := new(diag.List)
		assert.Nil(t, load.Load(t.Context(), "f", []byte(text), nil, diags), text)
		assert.False(t, diags.Sound(), text)
	}
}

// TestLoadNeverPanics cuts the bundle of the repository off at many points: every
// part has to give findings or a document.
func TestLoadNeverPanics(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../spec/openapi.yaml")
	require.NoError(t, err)
	for i := 1; i < 12; i++ {
		diags := new(diag.List)
		doc := load.Load(t.Context(), "f", data[:len(data)*i/97], nil, diags)
		assert.Equal(t, doc == nil, !diags.Sound())
	}
}

// TestVersions has documents that say in many ways which version they are. The
// message says what is wrong and the fix what to do.
func TestVersions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"openapi: 3.0.3":       "",
		"openapi: 3.0.10":      "",
		"\ufeffopenapi: 3.0.0": "",
		`openapi: "3.0"`:       "1:10 the version 3.0 of OpenAPI is not three numbers|write openapi: 3.0.3",
		"openapi: 3.0":         "1:10 the version 3.0 of OpenAPI is not three numbers|write openapi: 3.0.3",
		"openapi: 3.0.x":       "1:10 the version 3.0.x of OpenAPI is not three numbers|write openapi: 3.0.3",
		"openapi: 3":           "1:10 the version 3 of OpenAPI is not three numbers|write openapi: 3.0.3",
		"openapi: 3.1.0":       "",
		"openapi: 3.1":         "1:10 the version 3.1 of OpenAPI is not three numbers|write openapi: 3.1.0",
		"openapi: 3.2.0":       "1:10 the document is OpenAPI 3.2.0, and only OpenAPI 3.0 and what 3.1 shares with it are read|with openapi: 3.0.3",
		"openapi: 2.0":         "1:10 there is no OpenAPI 2.0, and Swagger 2.0 is not read|convert the document to OpenAPI 3.0",
		"openapi: v3.0.3":      "1:10 \"v3.0.3\" is not a version of OpenAPI that is read|with openapi: 3.0.3",
		`openapi: ""`:          "1:10 the version of OpenAPI is not a text such as 3.0.3|with openapi: 3.0.3",
		"openapi: null":        "1:10 the version of OpenAPI is not a text such as 3.0.3|with openapi: 3.0.3",
		"openapi: [3.0.3]":     "1:10 the version of OpenAPI is not a text such as 3.0.3|with openapi: 3.0.3",
		"# a\nswagger: '2.0'":  "2:1 the document is Swagger 2.0, and only OpenAPI 3.0 is read|swagger2openapi",
		`{"swagger": "2.0"}`:   "1:2 the document is Swagger 2.0, and only OpenAPI 3.0 is read|swagger2openapi",
		"asyncapi: 3.0.0":      "1:1 this is not an OpenAPI document: the key openapi is missing|with openapi: 3.0.3",
		"---":                  "1:1 the file is empty|fill it or remove it",
		"null":                 "1:1 the file is empty|fill it or remove it",
		" \n\n":                "1:1 the file is empty|fill it or remove it",
		"\ufeff":               "1:1 the file is empty|fill it or remove it",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			var diags diag.List
			if !strings.HasPrefix(text, "{") {
				text += "\n"
			}
			if want == "" {
				text += "info: {title: T, version: '1'}\npaths: {}\n"
			}
			load.Load(t.Context(), "s.yaml", []byte(text), nil, &diags)
			got := diags.Sorted()
			if want == "" {
				assert.Empty(t, got)
				return
			}
			message, fix, _ := strings.Cut(want, "|")
			require.Len(t, got, 1)
			assert.Equal(t, "s.yaml:"+message, got[0].Pos.String()+" "+got[0].Message)
			assert.Contains(t, got[0].Fix, fix)
		})
	}
}
