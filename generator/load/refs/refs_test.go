package refs_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/refs"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// resolve resolves the references of a document beside some files. It returns the
// document afterwards and the findings.
func resolve(t *testing.T, doc string, others map[string]string) (text string, changed bool, findings []string) {
	t.Helper()
	folder := fstest.MapFS{}
	for name, content := range others {
		folder[name] = &fstest.MapFile{Data: []byte(content)}
	}
	files, diags := yamlsrc.Files{}, new(diag.List)
	root := files.Parse("d/s.yaml", []byte(doc), diags)
	require.NotNil(t, root)
	changed = refs.Resolve(root, "d/s.yaml", folder, files, diags)
	for _, f := range diags.Sorted() {
		f.Fix = ""
		findings = append(findings, f.String())
	}
	out, err := yamlsrc.Encode(root, "", func(*yaml.Node, *yaml.Node) {})
	require.NoError(t, err)
	return string(out), changed, findings
}

func TestResolve(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		doc    string
		others map[string]string
		want   string // the document if it changes
	}{
		"components": {
			doc: "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {}}}",
		},
		"the document by its name": {
			doc:  "components: {schemas: {A: {$ref: 's.yaml#/components/schemas/B'}, B: {}}}",
			want: "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {}}}",
		},
		"a name with a tilde and a slash": {
			doc:  "components: {schemas: {A: {items: {$ref: '#/components/schemas/B/properties/c~0d~1e'}}, B: {properties: {c~d/e: {type: string}}}}}",
			want: "components: {schemas: {A: {items: {$ref: '#/components/schemas/B_c_d_e'}}, B: {properties: {c~d/e: {$ref: '#/components/schemas/B_c_d_e'}}}, B_c_d_e: {type: string}}}",
		},
		"a component of the same name in a file": {
			doc:    "components: {schemas: {A: {items: {$ref: 'o.yaml#/components/schemas/B'}}, B: {title: here}}}",
			others: map[string]string{"o.yaml": "components: {schemas: {B: {title: there}}}"},
			want:   "components: {schemas: {A: {items: {$ref: '#/components/schemas/o_B'}}, B: {title: here}, o_B: {title: there}}}",
		},
		"an alias with a neighbor stays": {
			doc:    "components: {schemas: {A: {$ref: b.yaml, description: beside}, C: {items: {$ref: b.yaml}}}}",
			others: map[string]string{"b.yaml": "title: b"},
			want:   "components: {schemas: {A: {$ref: '#/components/schemas/b', description: beside}, C: {items: {$ref: '#/components/schemas/b'}}, b: {title: b}}}",
		},
		"a mapping to a file without an ending": {
			doc:    "components: {schemas: {A: {oneOf: [], discriminator: {propertyName: k, mapping: {c: x/cat}}}}}",
			others: map[string]string{"x/cat": "title: cat"},
			want:   "components: {schemas: {A: {oneOf: [], discriminator: {propertyName: k, mapping: {c: '#/components/schemas/cat'}}}, cat: {title: cat}}}",
		},
		"a schema below $defs": {
			doc:  "components: {schemas: {A: {items: {$ref: '#/components/schemas/A/$defs/b'}, $defs: {b: {type: string}}}}}",
			want: "components: {schemas: {A: {items: {$ref: '#/components/schemas/A_b'}, $defs: {b: {$ref: '#/components/schemas/A_b'}}}, A_b: {type: string}}}",
		},
		"a property": {
			doc:  "components: {schemas: {A: {$ref: '#/components/schemas/B/properties/c'}, B: {properties: {c: {type: string}}}}}",
			want: "components: {schemas: {A: {type: string}, B: {properties: {c: {$ref: '#/components/schemas/A'}}}}}",
		},
		"a property within itself": {
			doc:  "components: {schemas: {B: {properties: {c: {items: {$ref: '#/components/schemas/B/properties/c'}}}}}}",
			want: "components: {schemas: {B: {properties: {c: {$ref: '#/components/schemas/B_c'}}}, B_c: {items: {$ref: '#/components/schemas/B_c'}}}}",
		},
		"a property within another one that is referred to": {
			doc: "components: {schemas: {A: {not: {$ref: '#/components/schemas/B/properties/c'}, items: {$ref: '#/components/schemas/B/properties/c/items'}}, B: {properties: {c: {items: {type: string}}}}}}",
			want: "components: {schemas: {A: {not: {$ref: '#/components/schemas/B_c'}, items: {$ref: '#/components/schemas/B_c_items'}}, B: {properties: {c: {$ref: '#/components/schemas/B_c'}}}, " +
				"B_c: {items: {$ref: '#/components/schemas/B_c_items'}}, B_c_items: {type: string}}}",
		},
		"a parameter of another path": {
			doc: "paths: {/a: {parameters: [{$ref: '#/paths/~1b~1%7Bid%7D/get/parameters/0'}]}, '/b/{id}': {get: {parameters: [{name: id}]}}}",
			want: "paths: {/a: {parameters: [{$ref: '#/components/parameters/b_id_get_0'}]}, '/b/{id}': {get: {parameters: [{$ref: '#/components/parameters/b_id_get_0'}]}}}\n" +
				"components: {parameters: {b_id_get_0: {name: id}}}",
		},
		"the schema of a response": {
			doc: "paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}}}\n" +
				"components: {schemas: {A: {items: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}}}",
			want: "paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/a_get_200'}}}}}}}}\n" +
				"components: {schemas: {A: {items: {$ref: '#/components/schemas/a_get_200'}}, a_get_200: {type: string}}}",
		},
		"files that refer to each other": {
			doc:    "components: {schemas: {A: {items: {$ref: x/a.yaml}}}}",
			others: map[string]string{"x/a.yaml": "items: {$ref: ../b.yaml}", "b.yaml": "items: {$ref: x/a.yaml}"},
			want: "components: {schemas: {A: {items: {$ref: '#/components/schemas/x_a'}}, x_a: {items: {$ref: '#/components/schemas/b'}}, " +
				"b: {items: {$ref: '#/components/schemas/x_a'}}}}",
		},
		"files of one name": {
			doc:    "components: {schemas: {A: {items: {$ref: x/b.yaml}, not: {$ref: y/b.yaml}, additionalProperties: {$ref: y/b.json}}}}",
			others: map[string]string{"x/b.yaml": "title: x", "y/b.yaml": "title: y", "y/b.json": `{"title": "json"}`},
			want: "components: {schemas: {A: {items: {$ref: '#/components/schemas/x_b'}, not: {$ref: '#/components/schemas/y_b'}, " +
				"additionalProperties: {$ref: '#/components/schemas/y_b_2'}}, x_b: {title: x}, y_b: {title: y}, y_b_2: {title: json}}}",
		},
		"a file that several components stand for": {
			doc:    "components: {schemas: {A: {$ref: b.yaml}, B: {$ref: b.yaml}, C: {items: {$ref: b.yaml}}}}",
			others: map[string]string{"b.yaml": "title: b"},
			want:   "components: {schemas: {A: {title: b}, B: {$ref: '#/components/schemas/A'}, C: {items: {$ref: '#/components/schemas/A'}}}}",
		},
		"names of variants": {
			doc:    "components: {schemas: {A: {discriminator: {mapping: {a: A, b: b.yaml, c: '#/components/schemas/A'}}}}}",
			others: map[string]string{"b.yaml": "title: b"},
			want: "components: {schemas: {A: {discriminator: {mapping: {a: A, b: '#/components/schemas/b', c: '#/components/schemas/A'}}}, " +
				"b: {title: b}}}",
		},
		"path items": {
			doc:    "paths: {/a: {$ref: a.yaml}, /b: {$ref: 'a.yaml', get: {}}, /c: {$ref: '#/paths/~1b'}}",
			others: map[string]string{"a.yaml": "$ref: 'b.yaml#/item'", "b.yaml": "item: {put: {parameters: [{$ref: '#/p'}]}}\np: {name: p}"},
			want: "paths: {/a: {put: {parameters: [{$ref: '#/components/parameters/p'}]}}, /b: {put: {parameters: [{$ref: '#/components/parameters/p'}]}, get: {}}, " +
				"/c: {put: {parameters: [{$ref: '#/components/parameters/p'}]}, get: {}}}\ncomponents: {parameters: {p: {name: p}}}",
		},
		"what only looks like a reference": {
			doc: "components: {schemas: {A: {example: {$ref: none.yaml}, x-a: {$ref: none.yaml}, properties: {$ref: {type: string}}}}}",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, changed, findings := resolve(t, c.doc, c.others)
			assert.Empty(t, findings)
			assert.Equal(t, c.want != "", changed)
			if changed {
				assert.YAMLEq(t, c.want, text)
			}
		})
	}
}

// TestNamesDependOnNoOrder has the same references in two orders.
func TestNamesDependOnNoOrder(t *testing.T) {
	t.Parallel()
	others := map[string]string{"x/b.yaml": "title: x", "y/b.yaml": "title: y"}
	one, _, _ := resolve(t, "components: {schemas: {A: {not: {$ref: x/b.yaml}, items: {$ref: y/b.yaml}}}}", others)
	two, _, _ := resolve(t, "components: {schemas: {A: {items: {$ref: y/b.yaml}, not: {$ref: x/b.yaml}}}}", others)
	assert.YAMLEq(t, one, two)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		doc    string
		others map[string]string
		want   []string
	}{
		"in a file": {
			doc:    "components: {schemas: {A: {$ref: x/a.yaml}}}",
			others: map[string]string{"x/a.yaml": "items: {$ref: bx.yaml}\nnot: {$ref: ../../c.yaml}", "x/b.yaml": "{}"},
			want: []string{
				`d/x/a.yaml:1:15: error: a: reference "bx.yaml" leads to d/x/bx.yaml, which does not exist; did you mean b.yaml? [ACK051]`,
				`d/x/a.yaml:2:13: error: a: reference "../../c.yaml" leads out of the folder of the document, and nothing else is read [GEN005]`,
			},
		},
		"each time": {
			doc: "components: {schemas: {A: {$ref: a.yaml}, B: {$ref: a.yaml}}}",
			want: []string{
				`d/s.yaml:1:34: error: A: reference "a.yaml" leads to d/a.yaml, which does not exist [ACK051]`,
				`d/s.yaml:1:53: error: B: reference "a.yaml" leads to d/a.yaml, which does not exist [ACK051]`,
			},
		},
		"elsewhere": {
			doc: "components: {schemas: {A: {$ref: //host/a.yaml}, B: {$ref: 'C:\\a.yaml'}, C: {$ref: 'a:b.yaml'}, D: {$ref: 'file:///a.yaml'}}}",
			want: []string{
				`d/s.yaml:1:34: error: A: reference "//host/a.yaml" leads out of the folder of the document: nothing is downloaded [GEN005]`,
				`d/s.yaml:1:60: error: B: reference "C:\\a.yaml" leads out of the folder of the document: nothing is downloaded [GEN005]`,
				`d/s.yaml:1:84: error: C: reference "a:b.yaml" leads out of the folder of the document: nothing is downloaded [GEN005]`,
				`d/s.yaml:1:107: error: D: reference "file:///a.yaml" leads out of the folder of the document: nothing is downloaded [GEN005]`,
			},
		},
		"not what is expected": {
			doc: "components: {schemas: {A: {$ref: '#'}, B: {$ref: '#/components/schemas'}, C: {$ref: '#/components/schemas/E/properties'}, " +
				"D: {$ref: '#/components/responses/R'}, E: {properties: {}}}, responses: {R: {}}}",
			want: []string{
				`d/s.yaml:1:34: error: A: reference "#" leads to a document where a schema is expected [ACK051]`,
				`d/s.yaml:1:50: error: B: reference "#/components/schemas" leads to a list of them where a schema is expected [ACK051]`,
				`d/s.yaml:1:85: error: C: reference "#/components/schemas/E/properties" leads to no object of OpenAPI where a schema is expected [ACK051]`,
				`d/s.yaml:1:133: error: D: reference "#/components/responses/R" leads to a response where a schema is expected [ACK051]`,
			},
		},
		"not what is expected among the paths": {
			doc: "paths: {/a: {get: {responses: {'200': {content: {}}}}}}\ncomponents: {schemas: {A: {$ref: '#/paths'}, B: {$ref: '#/paths/~1a'}, C: {$ref: '#/paths/~1a/get/responses/200/content'}}}",
			want: []string{
				`d/s.yaml:2:34: error: A: reference "#/paths" leads to the paths where a schema is expected [ACK051]`,
				`d/s.yaml:2:56: error: B: reference "#/paths/~1a" leads to a path item where a schema is expected [ACK051]`,
				`d/s.yaml:2:82: error: C: reference "#/paths/~1a/get/responses/200/content" leads to no object of OpenAPI where a schema is expected [ACK051]`,
			},
		},
		"names nearby": {
			doc: "components: {schemas: {A: {$ref: '#/components/schemas/E/properties/nme'}, B: {$ref: '#/components/schemas/Petz'}, C: {$ref: '#/definitions/Owners'}, " +
				"E: {properties: {name: {}}}}, responses: {R: {}}}\ndefinitions: {Pets: {}, Owner: {}}",
			want: []string{
				`d/s.yaml:1:34: error: A: reference "#/components/schemas/E/properties/nme" leads to nothing; did you mean #/components/schemas/E/properties/name? [ACK051]`,
				`d/s.yaml:1:86: error: B: reference "#/components/schemas/Petz" leads to nothing; did you mean #/definitions/Pets? [ACK051]`,
				`d/s.yaml:1:126: error: C: reference "#/definitions/Owners" leads to nothing; did you mean #/definitions/Owner? [ACK051]`,
			},
		},
		"a broken file": {
			doc:    "components: {schemas: {A: {$ref: a.yaml}}}",
			others: map[string]string{"a.yaml": "a: ["},
			want:   []string{"d/a.yaml:1:4: error: broken YAML: did not find expected node content [ACK001]"},
		},
		"a path from the root": {
			doc:    "components: {schemas: {A: {$ref: /a.yaml}}}",
			others: map[string]string{"a.yaml": "title: a"},
			want:   []string{`d/s.yaml:1:34: error: A: reference "/a.yaml" leads out of the folder of the document, and nothing else is read [GEN005]`},
		},
		"path items": {
			doc:    "paths: {/a: {$ref: a.yaml, get: {}}, /b: {$ref: '#/paths/~1c'}, /c: {$ref: '#/paths/~1b'}}",
			others: map[string]string{"a.yaml": "get: {}"},
			want: []string{
				"d/s.yaml:1:28: error: get stands beside the reference \"a.yaml\" and where it leads, too [ACK051]\nd/a.yaml:1:1: note: the other one",
				`d/s.yaml:1:49: error: the reference leads in a circle and never to a path item [ACK051]`,
				`d/s.yaml:1:76: error: the reference leads in a circle and never to a path item [ACK051]`,
			},
		},
		"parts that are not read": {
			doc: "paths: {/a: {get: {callbacks: {c: {x: {$ref: a.yaml}}, d: {$ref: '#/components/callbacks/c'}}}}}\ncomponents: {links: {l: {$ref: l.yaml}}}",
			want: []string{
				`d/s.yaml:1:46: error: GET /a: reference "a.yaml" leads to another file, and nothing is generated for callbacks [GEN005]`,
				`d/s.yaml:2:32: error: reference "l.yaml" leads to another file, and nothing is generated for links [GEN005]`,
			},
		},
		"components that are none": {
			doc:    "paths: {/a: {parameters: [{$ref: a.yaml}]}}\ncomponents: 1",
			others: map[string]string{"a.yaml": "name: a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, findings := resolve(t, c.doc, c.others)
			assert.Equal(t, c.want, findings)
		})
	}
}

// TestPositionsOfWhatMoves finds what comes from a file in that file, with the name that stands for it.
func TestPositionsOfWhatMoves(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{"b.yaml": {Data: []byte("x: 1\ns:\n  title: b\n")}}
	files, diags := yamlsrc.Files{}, new(diag.List)
	root := files.Parse("s.yaml", []byte("paths: {/a: {parameters: [{$ref: 'b.yaml#/s'}]}}\ncomponents: {schemas: {A: {$ref: 'b.yaml#/s'}}}"), diags)
	require.True(t, refs.Resolve(root, "s.yaml", folder, files, diags))
	components := yamlsrc.Value(root, "components")
	key, value := yamlsrc.Get(yamlsrc.Value(components, "schemas"), "A")
	assert.Equal(t, diag.Pos{File: "b.yaml", Line: 3, Col: 3}, files.Pos(key))
	assert.Equal(t, diag.Pos{File: "b.yaml", Line: 3, Col: 3}, files.Pos(value))
	assert.Equal(t, "s.yaml", files.Pos(yamlsrc.Value(components, "parameters")).File)
}

// TestLinksDoNotLeadOut has a link in the folder of a document that leads to a file
// beside the folder.
func TestLinksDoNotLeadOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "spec"), 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret.yaml"), []byte("title: secret"), 0o600))
	require.NoError(t, os.Symlink("../secret.yaml", filepath.Join(dir, "spec", "link.yaml")))
	folder, err := os.OpenRoot(filepath.Join(dir, "spec"))
	require.NoError(t, err)
	defer folder.Close() //nolint:errcheck // it was only read
	files, diags := yamlsrc.Files{}, new(diag.List)
	root := files.Parse("s.yaml", []byte("components: {schemas: {A: {$ref: link.yaml}}}"), diags)
	assert.False(t, refs.Resolve(root, "s.yaml", folder.FS(), files, diags))
	found := diags.Sorted()
	require.Len(t, found, 1)
	assert.Equal(t, refs.CodeFile, found[0].Code)
	assert.Contains(t, found[0].Message, `reference "link.yaml" leads to link.yaml, which cannot be read: `)
}
