package drift_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// document is an OpenAPI document with two operations, one of them made of what a case
// is about. The other one makes the document speak of all that documents may leave out.
func document(operation, schemas string) string {
	return fmt.Sprintf(`# A document.
{openapi: 3.0.3, paths: {
	"/pings": {get: {operationId: Ping, deprecated: true, requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Ping"}}}}}},
	"/things/{id}": {put: {operationId: Change, %s}}},
components: {schemas: {Ping: {type: string, enum: [x], required: [a]} %s}}}`, operation, schemas)
}

func request(schema string) string {
	return `requestBody: {content: {application/json: {schema: ` + schema + `}}}`
}

func response(schema string) string {
	return `responses: {"200": {content: {application/json: {schema: ` + schema + `}}}}`
}

func query(parameter string) string { return `parameters: [{in: query, name: q, ` + parameter + `}]` }

// TestCompare has what upstream says, what the spec says, and the difference.
func TestCompare(t *testing.T) {
	t.Parallel()
	object := func(properties string) string { return `{type: object, properties: {` + properties + `}}` }
	for name, c := range map[string]struct{ theirs, ours, want string }{
		"same":                 {request(object("a: {type: string}")), request(object("a: {type: string}")), ""},
		"new field":            {request(object("a: {type: string}, b: {}")), request(object("a: {type: string}")), "field-new Change body.b (anything)"},
		"name with dots":       {request(object("a.b.c: {type: string}")), request(object("d.e: {}")), "field-new Change body.a.b.c (string)\nfield-removed Change body.d.e (anything)"},
		"removed field":        {request(object("a: {}")), request(object("a: {}, b: {type: boolean}")), "field-removed Change body.b (boolean)"},
		"legacy field":         {request(object("a: {}")), request(object("a: {}, b: {x-ack-status: legacy}")), ""},
		"preview field":        {request(object("a: {}")), request(object("a: {}, b: {x-ack-status: preview}")), ""},
		"deprecated field":     {request(object("a: {}")), request(object("a: {}, b: {x-ack-status: deprecated}")), "field-removed Change body.b (anything)"},
		"field given up":       {request(object("a: {}")), request(object("a: {}, b: {x-ack-removed: {since: v2}}")), ""},
		"below a legacy field": {request(object("a: {}")), request(object("a: {}, b: {x-ack-status: legacy, type: object, properties: {c: {}}}")), ""},
		"whole object": {
			request(object("a: {}, b: " + object("c: {}, d: {}"))), request(object("a: {}")), "field-new Change body.b (object)",
		},
		"removed object": {
			request(object("a: {}")), request(object("a: {}, b: " + object("c: {}, d: {}"))), "field-removed Change body.b (object)",
		},
		"in lists and maps": {
			request(`{type: array, items: {type: object, additionalProperties: ` + object("a: {}, b: {}") + `}}`),
			request(`{type: array, items: {type: object, additionalProperties: ` + object("a: {}") + `}}`), "field-new Change body.$.*.b (anything)",
		},
		"new response":     {response(object("a: {}")), "", "field-new Change Body (object)"},
		"removed response": {"", response(object("a: {}")), "field-removed Change Body (object)"},
		"new body":         {request(object("a: {}")), "", "field-new Change body (object)"},
		"type": {
			request(object("a: {type: string}")), request(object("a: {type: integer}")), "type-changed Change body.a (upstream string, spec integer)",
		},
		"format": {
			request(object("a: {type: integer, format: int32}")), request(object("a: {type: integer, format: int64}")),
			"type-changed Change body.a (upstream integer int32, spec integer int64)",
		},
		"format that upstream does not know": {request(object("a: {type: string}")), request(object("a: {type: string, format: date-time}")), ""},
		"format of a text":                   {request(object("a: {type: string, format: hostname}")), request(object("a: {type: string}")), ""},
		"elements": {
			request(`{type: array, items: {type: string}}`), request(`{type: array, items: {type: boolean}}`),
			"type-changed Change body (upstream list of string, spec list of boolean)",
		},
		"map and object": {
			request(`{type: object, additionalProperties: {type: string}}`), request(object("a: {type: string}")),
			"type-changed Change body (upstream map of string, spec object)",
		},
		"object and map": {
			request(object("a: {type: string}")), request(`{type: object, additionalProperties: {type: string}}`),
			"type-changed Change body (upstream object, spec map of string)",
		},
		"anything upstream":   {request(`{}`), request(object("a: {type: string}")), ""},
		"a map of anything":   {request(`{type: object}`), request(object("a: {type: string}")), ""},
		"list of anything":    {request(`{type: array}`), request(`{type: array, items: {type: string}}`), ""},
		"anything in spec":    {request(`{type: string}`), request(`{}`), "type-changed Change body (upstream string, spec anything)"},
		"new parameter":       {query("schema: {type: string}"), "", "parameter-new Change q (string)"},
		"removed parameter":   {"", query("schema: {type: string}"), "parameter-removed Change q (string)"},
		"legacy parameter":    {"", query("x-ack-status: legacy, schema: {type: string}"), ""},
		"required":            {query("required: true, schema: {}"), query("schema: {}"), "required-changed Change q (upstream required, spec optional)"},
		"optional":            {query("schema: {}"), query("required: true, schema: {}"), "required-changed Change q (upstream optional, spec required)"},
		"required field":      {request(`{type: object, required: [a], properties: {a: {}}}`), request(object("a: {}")), "required-changed Change body.a (upstream required, spec optional)"},
		"required response":   {response(`{type: object, required: [a], properties: {a: {}}}`), response(object("a: {}")), ""},
		"deprecated":          {query("deprecated: true, schema: {}"), query("schema: {}"), "deprecation-changed Change q (upstream deprecated, spec not deprecated)"},
		"no longer so":        {request(object("a: {}")), request(object("a: {deprecated: true}")), "deprecation-changed Change body.a (upstream not deprecated, spec deprecated)"},
		"deprecated in place": {request(object("a: {deprecated: true}")), request(`{type: object, x-ack-deprecated: {a: No.}, properties: {a: {}}}`), ""},
		"deprecated below": {
			request(object("a: " + object("b: {deprecated: true}"))), request(`{type: object, x-ack-deprecated: {a.b: No.}, properties: {a: ` + object("b: {}") + `}}`), "",
		},
		"JSON text":        {query("content: {application/json: {schema: {}}}"), query("content: {application/json: {schema: {type: array}}}"), ""},
		"no JSON text":     {query("content: {application/json: {schema: {}}}"), query("schema: {type: string}"), "type-changed Change q (upstream JSON of anything, spec string)"},
		"values":           {query("schema: {type: string, enum: [a, b, c]}"), query("schema: {type: string, enum: [b]}"), "enum-value-new Change q (a, c)"},
		"values of a list": {query("schema: {type: array, items: {type: string, enum: [a]}}"), query("schema: {type: array, items: {type: string}}"), "enum-value-new Change q (a)"},
		"values of ours":   {query("schema: {type: string, enum: [a]}"), query("schema: {type: string, enum: [a, b]}"), ""},
		"lists of numbers": {query("schema: {type: array, items: {type: integer, enum: [1]}}"), query("schema: {type: array, items: {type: integer}}"), ""},
		"fractions":        {query("schema: {type: number, enum: [1.5]}"), query("schema: {type: number}"), ""},
		"numbers":          {query("schema: {type: integer, enum: [1]}"), query("schema: {type: integer}"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			theirs, ours := read(t, []byte(document(c.theirs, ""))), read(t, []byte(document(c.ours, "")))
			list, err := drift.Compare(theirs, nil, ours)
			require.NoError(t, err)
			assert.Equal(t, c.want, text(list))
		})
	}
}

func text(list []drift.Difference) string {
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}

// TestCompareOperations has operations that only one side has.
func TestCompareOperations(t *testing.T) {
	t.Parallel()
	doc := func(operations ...string) *upstream.Description {
		return read(t, []byte(`{"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "A"}}, "/b": {"get": {"operationId": "B"}}`+strings.Join(operations, "")+`}}`))
	}
	list, err := drift.Compare(doc(`, "/c/{x}": {"get": {"operationId": "C"}}, "/d": {"get": {"operationId": "D"}}`),
		nil, doc(`, "/c/{y}": {"get": {"operationId": "C"}}, "/d": {"post": {"operationId": "D"}}`))
	require.NoError(t, err)
	assert.Equal(t, "route-changed D (upstream GET /d, spec POST /d)", text(list))
	list, err = drift.Compare(doc(`, "/c": {"get": {"operationId": "C"}}`), nil,
		doc(`, "/c": {"get": {"operationId": "C", "x-ack-removed": {"since": "v2"}}}`, `, "/d": {"get": {"operationId": "D", "x-ack-removed": {"since": "v2"}}}`,
			`, "/e": {"get": {"operationId": "E", "x-ack-status": "legacy"}}`, `, "/f": {"get": {"operationId": "F", "x-ack-status": "deprecated"}}`))
	require.NoError(t, err)
	assert.Equal(t, "operation-back C (GET /c)\noperation-removed F (GET /f)", text(list))
}

// TestCompareRenamed pairs an operation that has another name upstream by its route, and
// compares what is in it.
func TestCompareRenamed(t *testing.T) {
	t.Parallel()
	doc := func(operations string) *upstream.Description {
		return read(t, []byte(`{"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "A"}}, `+operations+`}}`))
	}
	const parameters = `, "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}]`
	list, err := drift.Compare(doc(`"/b/{x}": {"get": {"operationId": "NewB"`+parameters+`}}`), nil, doc(`"/b/{y}": {"get": {"operationId": "B"}}`))
	require.NoError(t, err)
	assert.Equal(t, "operation-renamed B (upstream NewB, spec B)\nparameter-new B q (string)", text(list))
	list, err = drift.Compare(doc(`"/b": {"get": {"operationId": "B"}}, "/c": {"get": {"operationId": "C"}}`), nil, doc(`"/c": {"get": {"operationId": "B"}}`))
	require.NoError(t, err)
	assert.Equal(t, "operation-new C (GET /c)\nroute-changed B (upstream GET /b, spec GET /c)", text(list), "upstream has the name still")
}

// TestCompareRefuses has descriptions that cannot be compared.
func TestCompareRefuses(t *testing.T) {
	t.Parallel()
	ours := read(t, []byte(`{"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "A"}}}}`))
	_, err := drift.Compare(read(t, []byte(`{"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "A"}, "put": {}}}}`)), nil, ours)
	require.ErrorContains(t, err, "the operation PUT /a has no name")
	var each, all []string
	for i := range 20 {
		each = append(each, fmt.Sprintf("s%d: {$ref: '#/components/schemas/S%d'}", i, i))
	}
	for i := range 20 {
		all = append(all, fmt.Sprintf("S%d: {type: object, properties: {%s}}", i, strings.Join(each, ", ")))
	}
	tangle := read(t, []byte("openapi: 3.0.3\npaths: {/a: {get: {operationId: A, requestBody: {content: {a: {schema: {$ref: '#/components/schemas/S0'}}}}}}}\n"+
		"components: {schemas: {"+strings.Join(all, ", ")+"}}"))
	_, err = drift.Compare(tangle, nil, ours)
	require.ErrorContains(t, err, "the operation A has more than 20000 fields")
	_, err = drift.Compare(ours, nil, tangle)
	require.ErrorContains(t, err, "the operation A has more than 20000 fields")
	_, err = upstream.Encode(tangle)
	require.NoError(t, err)
}

// TestOpenAPI31 reads the words of OpenAPI 3.1.
func TestOpenAPI31(t *testing.T) {
	t.Parallel()
	doc := func(version, schema string) *upstream.Description {
		return read(t, []byte("openapi: "+version+"\npaths: {/a: {get: {operationId: A, requestBody: {content: {application/json: {schema: "+schema+"}}}}}}"))
	}
	list, err := drift.Compare(doc("3.1.0", `{type: object, properties: {a: {type: [string, "null"]}, b: {type: [integer, "null"]}}}`), nil,
		doc("3.0.3", `{type: object, properties: {a: {type: string}, b: {type: string}}}`))
	require.NoError(t, err)
	assert.Equal(t, "type-changed A body.b (upstream integer, spec string)", text(list))
}

// TestStringIsOneLine has names that would end lines or color a terminal.
func TestStringIsOneLine(t *testing.T) {
	t.Parallel()
	d := drift.Difference{Kind: drift.FieldNew, Operation: "A\n## B", Path: "\x1b[31mred", Upstream: "x\u2028y"}
	assert.Equal(t, "field-new A\ufffd## B \ufffd[31mred (x\ufffdy)", d.String())
	r := drift.Report{Upstream: "f", Spec: "spec", Format: "openapi", Version: "1\n2", Differences: []drift.Difference{d, {Kind: drift.FieldNew, Operation: "`b``c"}}}
	assert.Equal(t, "field-new A\ufffd## B \ufffd[31mred (x\ufffdy)\nfield-new `b``c\nspec differs from f (openapi 1\ufffd2): 2 field-new\n", r.Text())
	assert.Equal(t, "## Differences between the spec and upstream\n\n`spec differs from f (openapi 1\ufffd2): 2 field-new`.\n\n### field-new\n\n"+
		"- `A\ufffd## B \ufffd[31mred (x\ufffdy)`\n- ``` `b``c ```\n", r.Markdown())
}

// TestCompareShared has one schema of the spec that serves two operations, each with
// parts of it.
func TestCompareShared(t *testing.T) {
	t.Parallel()
	theirs := read(t, []byte(`{"openapi": "3.0.3", "paths": {
		"/a": {"post": {"operationId": "A", "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["a"],
			"properties": {"a": {"type": "string"}, "b": {"type": "string", "deprecated": true}}}}}}}},
		"/b": {"post": {"operationId": "B", "requestBody": {"content": {"application/json": {"schema": {"type": "object",
			"properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}}}}}}}}}}`))
	ours := func(example string) *upstream.Description {
		return read(t, []byte(`{"openapi": "3.0.3", "paths": {
			"/a": {"post": {"operationId": "A", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}`+example+`}}}}},
			"/b": {"post": {"operationId": "B", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}}}},
			"components": {"schemas": {"S": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"},
			"b": {"type": "string", "deprecated": true}, "c": {"type": "string"}, "d": {"type": "string"}}}}}}`))
	}
	for _, example := range []string{"", `, "example": {"a": "x"}`} {
		list, err := drift.Compare(theirs, nil, ours(example))
		require.NoError(t, err)
		assert.Equal(t, "field-removed A body.d (string)\nfield-removed B body.d (string)", text(list))
	}
}

// TestCompareSelf compares descriptions with themselves: also objects that hold
// themselves end, and nothing is reported.
func TestCompareSelf(t *testing.T) {
	t.Parallel()
	loop := read(t, []byte(document(request(`{$ref: "#/components/schemas/Loop"}`),
		`, "Loop": {type: object, properties: {next: {$ref: "#/components/schemas/Loop"}, all: {type: array, items: {$ref: "#/components/schemas/Loop"}}}}`)))
	lists := read(t, []byte(document(request(`{$ref: "#/components/schemas/Lists"}`),
		`, "Lists": {type: array, items: {type: object, additionalProperties: {$ref: "#/components/schemas/Lists"}}}`)))
	for _, d := range []*upstream.Description{loop, lists, read(t, file(t, "cs-v7.6.0.yaml")), read(t, file(t, "cli-metadata.json"))} {
		list, err := drift.Compare(d, nil, d)
		require.NoError(t, err)
		assert.Empty(t, list)
	}
}

// TestEncode writes descriptions as snapshots, which are read as the same.
func TestEncode(t *testing.T) {
	t.Parallel()
	loop := document(request(`{$ref: "#/components/schemas/Loop"}`),
		`, "Loop": {type: object, required: [next], properties: {next: {$ref: "#/components/schemas/Loop"}, n: {type: integer, format: int64, enum: [1, 2]}}}`)
	for _, data := range [][]byte{[]byte(loop), file(t, "cs-v7.6.0.yaml"), file(t, "cli-metadata.json")} {
		d := read(t, data)
		text, err := upstream.Encode(d)
		require.NoError(t, err)
		again := read(t, text)
		assert.Equal(t, d.Knows, again.Knows)
		assert.Equal(t, d.Format, again.Format)
		assert.Equal(t, d.Regions, again.Regions)
		for _, sides := range [][2]*upstream.Description{{d, again}, {again, d}} {
			list, err := drift.Compare(sides[0], nil, sides[1])
			require.NoError(t, err)
			assert.Empty(t, list)
		}
		twice, err := upstream.Encode(again)
		require.NoError(t, err)
		assert.Equal(t, string(text), string(twice))
	}
}

// FuzzCompare compares any description with a spec, and itself with itself.
func FuzzCompare(f *testing.F) {
	for _, operation := range []string{"", request(`{$ref: "#/components/schemas/Ping"}`), response(`{type: array, items: {enum: [a]}}`), query("content: {a: {schema: {}}}")} {
		f.Add(document(operation, ""))
	}
	f.Add(`{"operations": [{"operation": "Ping", "query": [{"name": "a"}], "body": {"properties": {"a": {"ref": "M"}}}}], "models": {"M": {"values": {"ref": "M"}}}}`)
	f.Add(`{"apis": {"Ping": {"method": "GET|PUT", "parameters": [{"position": "Body"}]}}, "product": {"regional_endpoints": {"a": "b"}}}`)
	ours, err := upstream.Parse([]byte(document(request(`{type: object, properties: {a: {type: string}}}`), "")))
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		theirs, err := upstream.Parse([]byte(text))
		if err != nil {
			return
		}
		for _, other := range []*upstream.Description{ours, theirs} {
			list, err := drift.Compare(theirs, other, other)
			if err != nil {
				continue
			}
			for _, d := range list {
				assert.NotContains(t, d.String(), "\n")
			}
			assert.Empty(t, drift.News(list, list))
		}
	})
}
