package upstream_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

const dataDir = "../../../../testdata/upstream"

// TestParseRefuses has what is no description, and what is said of it.
func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                    "line 1: the file is empty",
		" \n<!DOCTYPE html>":                  "it is HTML or XML",
		"\ufeff<?xml version='1.0'?>":         "it is HTML or XML",
		"{\"a\":":                             "line 1: broken JSON",
		"a: [":                                "line 1: broken YAML",
		"a: \xff":                             "line 1: ",
		"just a text":                         "it holds none of openapi, operations and apis",
		"[]":                                  "it holds none of openapi, operations and apis",
		"openapi: 3.0.3":                      "it holds no operation",
		"operations: {}":                      "it holds no operation",
		"apis: []":                            "it holds no operation",
		"openapi: &a 3.0.3\nx: *a":            "anchors and aliases are not supported",
		strings.Repeat("[", 100_000):          "line 1: ",
		"openapi: 3.0.3\n---\nopenapi: 3.0.3": "line 2: a second YAML document",
	} {
		_, err := upstream.Parse([]byte(text))
		require.ErrorContains(t, err, want)
	}
}

// TestKnows tells what descriptions know, so that what they leave out does not read as no.
func TestKnows(t *testing.T) {
	t.Parallel()
	const op = `openapi: 3.0.3
paths: {/a: {get: {operationId: A, %, parameters: [{name: p, in: path, required: true, schema: {}}, {name: q, in: query, schema: {}}]}}}`
	body := func(schema string) string {
		return strings.Replace(op, "%", "requestBody: {content: {application/json: {schema: "+schema+"}}}", 1)
	}
	all := upstream.Knowledge{Body: true, Required: true, Deprecated: true, Enum: true}
	for text, want := range map[string]upstream.Knowledge{
		body("{}"):                                      {Body: true},
		body("{required: [a]}"):                         {Body: true, Required: true},
		body("{deprecated: true}"):                      {Body: true, Deprecated: true},
		body("{items: {enum: [a]}}"):                    {Body: true, Enum: true},
		strings.Replace(op, "%", "deprecated: true", 1): {Body: true, Deprecated: true},
		strings.Replace(body("{}"), "in: query", "in: query, required: true", 1):   {Body: true, Required: true},
		strings.Replace(body("{}"), "in: query", "in: query, deprecated: true", 1): {Body: true, Deprecated: true},
		"operations: [{operation: A}]":                                             all,
		"knows: []\noperations: [{operation: A}]":                                  {},
		"knows: [body, enum]\noperations: [{operation: A}]":                        {Body: true, Enum: true},
		"apis: {A: {}}": {Required: true},
	} {
		d, err := upstream.Parse([]byte(text))
		require.NoError(t, err, text)
		assert.Equal(t, want, d.Knows, text)
	}
}

// TestRegions reads the hosts of regions.
func TestRegions(t *testing.T) {
	t.Parallel()
	d, err := upstream.Parse([]byte(`{"apis": {"A": {}}, "product": {"regional_endpoints": {"b": "b.example.com"},
		"regional_vpc_endpoints": {"a": "vpc.a.example.com", "b": "vpc.b.example.com"}}}`))
	require.NoError(t, err)
	assert.Equal(t, []regions.Region{{Region: "a", VPC: "vpc.a.example.com"}, {Region: "b", Public: "b.example.com", VPC: "vpc.b.example.com"}}, d.Regions)
	d, err = upstream.Parse([]byte(`
openapi: 3.0.3
servers:
  - {url: "https://{region}.example.com", variables: {region: {enum: [a, b]}}}
  - {url: "https://vpc.{region}.example.com", variables: {region: {enum: [b]}}}
  - {url: "https://example.com", x-ack-regions: [c]}
paths: {/a: {get: {operationId: A}}}`))
	require.NoError(t, err)
	assert.Equal(t, []regions.Region{
		{Region: "a", Public: "a.example.com"}, {Region: "b", Public: "b.example.com", VPC: "vpc.b.example.com"}, {Region: "c", Public: "example.com"},
	}, d.Regions)
}

// TestParseLog reads the official log.
func TestParseLog(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(dataDir, "official-changelog.txt"))
	require.NoError(t, err)
	require.True(t, upstream.IsLog(data))
	log, err := upstream.ParseLog(data)
	require.NoError(t, err)
	assert.Len(t, log.Entries, 92)
	assert.Equal(t, 7, log.Repeated)
	assert.Equal(t, 14, log.Vague)
	assert.Equal(t, upstream.Entry{Version: "v7.6.0", Date: "2026-02-27", Line: 2, Action: upstream.Added, Operation: "UpdateKMSEncryption"}, log.Entries[0])
}

// TestLogLines has lines and what they say.
func TestLogLines(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]upstream.Entry{
		"- Support API A.": {{Action: upstream.Added, Operation: "A"}},
		"- Delete API A.":  {{Action: upstream.Deleted, Operation: "A"}},
		"- Update API A: add request parameters body.a.b.":     {{Action: upstream.Added, Operation: "A", In: "request", Path: "body.a.b"}},
		"- Update API A: add request parameter a.":             {{Action: upstream.Added, Operation: "A", In: "request", Path: "a"}},
		"- Update API A: delete response parameters Body.$.b.": {{Action: upstream.Deleted, Operation: "A", In: "response", Path: "Body.$.b"}},
		"- Update API A: update response parameters Body.":     {{Action: upstream.Updated, Operation: "A", In: "response", Path: "Body"}},
		"- Update API A: add request parameters a, body.b.": {
			{Action: upstream.Added, Operation: "A", In: "request", Path: "a"}, {Action: upstream.Added, Operation: "A", In: "request", Path: "body.b"},
		},
		"- Update API A: add response parameters header.b.": nil,
		"- Update API A: update param body.":                nil,
		"- Update API A: update response param.":            nil,
		"- Generated golang 2015-12-15 for CS.":             nil,
		"- Support API A":                                   nil,
		"Support API A.":                                    nil,
	} {
		log, err := upstream.ParseLog([]byte("\ufeff2026-01-02 Version: v1\r\n\r\n" + line + "\r\n"))
		require.NoError(t, err, line)
		for i := range want {
			want[i].Version, want[i].Date, want[i].Line = "v1", "2026-01-02", 3
		}
		assert.Equal(t, want, log.Entries, line)
		assert.Equal(t, len(want) == 0, log.Vague == 1, line)
	}
}

// TestLogOrder puts the newest version first, and counts what stands there twice once in
// a version and not in another one.
func TestLogOrder(t *testing.T) {
	t.Parallel()
	log, err := upstream.ParseLog([]byte("2026-01-02 Version: v1\n- Support API A.\n- Support API A.\n2026-03-04 Version: v2\n- Delete API A.\n" +
		"2026-03-04 Version: v3\n- Support API A.\n2026-01-02 Version: v1\n- Support API A.\n- Support API B.\n"))
	require.NoError(t, err)
	var got []string
	for _, e := range log.Entries {
		got = append(got, e.Version+" "+string(e.Action)+" "+e.Operation)
	}
	assert.Equal(t, []string{"v2 delete A", "v3 add A", "v1 add A", "v1 add B"}, got)
	assert.Equal(t, 2, log.Repeated)
}

// TestLogRefuses has what is no log.
func TestLogRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                "it has no heading such as",
		"- Support API A.":                "it has no heading such as",
		"Version: v1":                     "it has no heading such as",
		"# Log\n2026-01-02 Version: v1\n": "line 1: it stands above the first heading",
		"\n- Support API A.\n2026-01-02 Version: v1": "line 2: it stands above the first heading",
	} {
		_, err := upstream.ParseLog([]byte(text))
		require.ErrorContains(t, err, want)
	}
}

// FuzzParseLog reads any text: an entry has all that it needs, and each line with a text
// is counted.
func FuzzParseLog(f *testing.F) {
	data, err := os.ReadFile(filepath.Join(dataDir, "official-changelog.txt"))
	require.NoError(f, err)
	f.Add(string(data))
	f.Add("2026-01-02 Version: v1\n- Update API A: add request parameters a, b.\n- x\n")
	f.Fuzz(func(t *testing.T, text string) {
		log, err := upstream.ParseLog([]byte(text))
		if err != nil {
			return
		}
		lines := map[int]bool{}
		for _, e := range log.Entries {
			lines[e.Line] = true
			assert.NotEmpty(t, e.Operation)
			assert.NotEmpty(t, e.Version)
			assert.Equal(t, e.In == "", e.Path == "")
		}
		assert.LessOrEqual(t, len(lines)+log.Repeated+log.Vague, strings.Count(text, "\n")+1)
	})
}

// FuzzParse reads any text as a description, and writes it as a snapshot.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		`{"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "A", "parameters": [{"$ref": "#/components/parameters/P"}, {}]}}},
			"components": {"parameters": {"P": {"$ref": "#/components/parameters/P"}}}}`,
		`{"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": {"content": {"a": {"schema": {"$ref": "#/components/schemas/S"}}}}}}}},
			"components": {"schemas": {"S": {"allOf": [{"$ref": "#/components/schemas/S"}], "items": {"$ref": "#/components/schemas/S"}}}}}`,
		`{"operations": [{"operation": "A", "query": [{}], "body": {"ref": "M"}, "response": {"schema": {"ref": "M"}}}], "models": {"M": {"items": {"ref": "M"}}}}`,
		`{"apis": {"A": {"parameters": [{"position": "Query"}]}}, "product": {"regional_endpoints": {"a": "b"}}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := upstream.Parse([]byte(text))
		if err != nil {
			return
		}
		snapshot, err := upstream.Encode(d)
		require.NoError(t, err)
		_, err = upstream.Parse(snapshot)
		require.NoError(t, err)
	})
}
