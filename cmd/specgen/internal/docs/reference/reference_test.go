package reference_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/generator"
)

// read returns the reference of the small spec that the pages are tested with.
func read(t *testing.T) *reference.API {
	t.Helper()
	spec, err := os.ReadFile("../testdata/openapi.yaml")
	require.NoError(t, err)
	doc, api, err := generator.Describe(t.Context(), generator.Options{SpecName: "openapi.yaml", Spec: spec, Package: "things"})
	require.NoError(t, err)
	return reference.Build(doc, api, nil)
}

func operation(t *testing.T, api *reference.API, id string) *reference.Operation {
	t.Helper()
	all := api.Operations()
	i := slices.IndexFunc(all, func(op *reference.Operation) bool { return op.ID == id })
	require.GreaterOrEqual(t, i, 0, id)
	return all[i]
}

func field(t *testing.T, fields []*reference.Field, name string) *reference.Field {
	t.Helper()
	i := slices.IndexFunc(fields, func(f *reference.Field) bool { return f.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return fields[i]
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	t.Parallel()
	list := operation(t, read(t), "ListThings").Responses[0].Body
	assert.Contains(t, list.Examples[0].Text, `"size": 12345678901234567890,`)
	size := field(t, field(t, list.Fields, "things").Fields, "size")
	assert.Equal(t, []string{"0 (exclusive) to 9007199254740993"}, size.Limits)
	assert.Equal(t, "Nobody has measured it.", size.Absent.String())
	assert.Equal(t, "*int64", size.GoType)
	assert.Equal(t, "Thing.Size", size.GoDoc)
	assert.Equal(t, "response.things.size", size.Anchor)
}

func TestLinksOfTexts(t *testing.T) {
	t.Parallel()
	api := read(t)
	links := map[string]string{}
	for _, s := range slices.Concat(api.Description[0].Paragraph, operation(t, api, "CreateThing").Description[0].Paragraph) {
		if s.Code || s.Link != "" || s.Text == "this" {
			links[s.Text] = s.Link
		}
	}
	assert.Equal(t, map[string]string{
		"the guide": "https://example.com/guide?a=1&b=2",
		"name":      "#request.name", "parts": "#request.parts", "GetJob": "operations/GetJob.html", "Thing.id": "schemas/Thing.html#id", "nothing": "",
	}, links, "what is no address of the web is no link")
}

func TestStatus(t *testing.T) {
	t.Parallel()
	api := read(t)
	assert.Equal(t, reference.Removed, operation(t, api, "DeleteThing").Notice.Status)
	assert.Equal(t, "Use CreateThing and wait.\n\nThe provider's API has this operation no longer since 2024-05 (v3.0.0). It stays in the client until 2026-06-01 at least.",
		operation(t, api, "DeleteThing").Notice.Text.String())
	assert.Equal(t, reference.Preview, operation(t, api, "GetScript").Notice.Status)
	var order []string
	for _, op := range api.Groups[0].Operations {
		order = append(order, op.ID)
	}
	assert.Equal(t, []string{"ListThings", "CreateThing", "DeleteThing", "GetScript"}, order, "what can be relied on comes first")
	things := field(t, operation(t, api, "ListThings").Responses[0].Body.Fields, "things").Fields
	assert.Equal(t, reference.Deprecated, field(t, things, "labels").Notice.Status, "in this object")
	assert.Equal(t, "Use colors.", field(t, things, "labels").Notice.Text.String())
	assert.Equal(t, reference.Stable, field(t, things, "id").Notice.Status)
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	api := read(t)
	list, create := operation(t, api, "ListThings").RAM, operation(t, api, "CreateThing").RAM
	assert.JSONEq(t, `{"Version":"1","Statement":[
		{"Effect":"Allow","Action":["things:ListThings"],"Resource":"*"},{"Effect":"Allow","Action":["ram:ListUsers"],"Resource":"*"}]}`, list.Policy)
	assert.False(t, list.OfCluster())
	assert.JSONEq(t, `{"Version":"1","Statement":[{"Effect":"Allow","Action":["things:CreateThing"],"Resource":"acs:things:*:*:cluster/*"}]}`, create.Policy)
	assert.True(t, create.Assumed)
	assert.Empty(t, operation(t, api, "GetJob").RAM.Policy, "unknown")
}

func TestUses(t *testing.T) {
	t.Parallel()
	for _, s := range read(t).Schemas {
		switch s.Name {
		case "Part":
			assert.Equal(t, []reference.Use{{Operation: "CreateThing", Request: true}, {Operation: "ListThings", Request: true}}, s.Operations)
			assert.Equal(t, []string{"CreateThingBody"}, s.Schemas, "itself does not count")
			assert.True(t, field(t, s.Fields, "parts").Recursive)
		case "Error":
			assert.Len(t, s.Operations, 2, "failures count")
		case "Unused":
			assert.Empty(t, s.Operations)
			assert.Empty(t, s.Go)
		}
	}
}

func TestNamesOfPages(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "operations/List_Things-2.html", reference.OperationPage("List_Things-2"))
	assert.Equal(t, "schemas/~2e~.~2f~a.b~20~.html", reference.SchemaPage("../a.b "), "no name leads out of the folder")
	assert.Equal(t, "schemas/~43~ON.html", reference.SchemaPage("CON"), "Windows takes it for a device")
	assert.Equal(t, "schemas/~6e~ul.x.html", reference.SchemaPage("nul.x"))
	assert.Equal(t, "schemas/Console.html", reference.SchemaPage("Console"))
	long := strings.Repeat("a", 300)
	assert.Less(t, len(reference.SchemaPage(long)), 220, "file systems take no more")
	assert.NotEqual(t, reference.SchemaPage(long), reference.SchemaPage(long+"b"), "two names never share a file")
}
