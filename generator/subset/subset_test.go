package subset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/subset"
)

// document returns a document with one operation for each id and tag. Two that follow
// each other share a path.
func document(t *testing.T, ops ...string) *load.Document {
	t.Helper()
	var b strings.Builder
	b.WriteString("openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\ntags: [{name: One}, {name: Two}]\npaths:\n")
	for i, op := range ops {
		if i%2 == 0 {
			fmt.Fprintf(&b, "  /p%d:\n    parameters: [{name: q, in: query, schema: {type: string}}]\n", i)
		}
		id, tag, _ := strings.Cut(op, " ")
		fmt.Fprintf(&b, "    %s:\n      operationId: %s\n      tags: [%s]\n      responses: {\"200\": {description: Done.}}\n", []string{"get", "put"}[i%2], id, tag)
	}
	diags := new(diag.List)
	doc := load.Load(t.Context(), "spec.yaml", []byte(b.String()), nil, diags)
	require.NoError(t, diags.Err())
	return doc
}

func TestTake(t *testing.T) {
	t.Parallel()
	doc := document(t, "GetA One", "PutA Two", "GetB Two", "PutB Two")
	rest, err := subset.Take(doc, subset.Choice{Operations: []string{"PutB"}, Groups: []string{"One"}})
	require.NoError(t, err)
	assert.Empty(t, rest.Notes)
	assert.Len(t, doc.Paths.Map(), 2)
	assert.Equal(t, "GetA", doc.Paths.Value("/p0").Get.OperationID)
	assert.Nil(t, doc.Paths.Value("/p0").Put)
	assert.Len(t, doc.Paths.Value("/p0").Parameters, 1, "of the path")
	assert.Nil(t, doc.Paths.Value("/p2").Get)
	assert.Equal(t, "PutA", rest.Paths.Value("/p0").Put.OperationID)
	assert.Nil(t, rest.Paths.Value("/p0").Get)
	for _, subject := range []string{"PutA", "PUT /p0", "GetB", "GET /p2"} {
		assert.True(t, rest.Has(subject), subject)
	}
	for _, subject := range []string{"GetA", "GET /p0", "PutB", "Pet", ""} {
		assert.False(t, rest.Has(subject), subject)
	}
	require.Len(t, doc.Tags, 2)
}

func TestTakeDropsGroups(t *testing.T) {
	t.Parallel()
	doc := document(t, "GetA One", "PutA Two")
	_, err := subset.Take(doc, subset.Choice{Operations: []string{"PutA"}})
	require.NoError(t, err)
	require.Len(t, doc.Tags, 1)
	assert.Equal(t, "Two", doc.Tags[0].Name)
}

func TestTakeAll(t *testing.T) {
	t.Parallel()
	doc := document(t, "GetA One", "PutA Two")
	rest, err := subset.Take(doc, subset.Choice{})
	require.NoError(t, err)
	assert.Nil(t, rest.Paths)
	assert.False(t, rest.Has("GetA"))
	assert.Len(t, doc.Tags, 2)
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	doc := document(t, "ListAllPets One", "ListAllPetsOfOwner One", "GetPet Two", "DescribeThing Two")
	_, err := subset.Take(doc, subset.Choice{
		Operations: []string{"GetPets", "ListPets", "DescribeThingDetail", "listallpets", "Pets", "Describe"},
		Groups:     []string{"one", "Three"},
	})
	require.EqualError(t, err, strings.Join([]string{
		"the spec has no operation GetPets; did you mean GetPet?",
		"the spec has no operation ListPets; did you mean ListAllPets?",
		"the spec has no operation DescribeThingDetail; did you mean DescribeThing?",
		"the spec has no operation listallpets; did you mean ListAllPets?",
		"the spec has no operation Pets",
		"the spec has no operation Describe",
		"the spec has no group one; did you mean One?",
		"the spec has no group Three",
	}, "\n"))
	assert.Len(t, doc.Paths.Map(), 2, "nothing is taken")
}
