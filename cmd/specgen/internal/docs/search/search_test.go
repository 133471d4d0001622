package search

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
)

func text(s string) reference.Text {
	return reference.Text{{Paragraph: []reference.Span{{Text: s}}}}
}

// groups returns the field that two objects have alike, below an anchor.
func groups(anchor string) *reference.Field {
	return &reference.Field{Name: "security_group_ids", Go: "SecurityGroupIDs", Anchor: anchor + "security_group_ids",
		Description: append(text("The security groups."), text("A second paragraph.")...)}
}

func api() *reference.API {
	return &reference.API{
		ErrorCodes: []reference.ErrorCode{{Code: "Pool.Gone", Go: "ErrorPoolGone", Anchor: "Pool.Gone-2", Description: text("There is none.")}},
		Groups: []*reference.Group{{Name: "Pools", Anchor: "pools", Interface: "PoolsAPI", Description: text("Pools of nodes."), Operations: []*reference.Operation{
			{
				ID: "CreatePool", Go: reference.GoMethod{Name: "CreatePool"}, More: []reference.GoMethod{{Name: "CreatePoolAndWait"}}, Method: "POST", Path: "/pools",
				Summary: text("creates a pool."), Description: text("It costs <money>."),
				Parameters: []*reference.Field{{Name: "ids", Anchor: "request.ids-1", In: "query", Go: "IDs"}},
				Body: &reference.Body{Fields: []*reference.Field{{Name: "group", Go: "Group", Anchor: "request.group", Description: text("The group."),
					Fields: []*reference.Field{groups("request.group.")}}}},
			},
			{
				ID: "GetPool", Go: reference.GoMethod{Name: "ReadPool"}, Method: "GET", Path: "/pools/{id}", Notice: reference.Notice{Status: reference.Deprecated},
				Responses: []reference.Response{{Status: "200", Body: &reference.Body{Fields: []*reference.Field{groups("response.")}}}, {Status: "204"}},
			},
		}}},
		Schemas: []*reference.Schema{{Name: "State", Go: "State", Type: reference.Type{Name: "string"}, Description: text("How a pool is."),
			Enum: []reference.Value{{Value: "active", Go: "StateActive"}, {Value: "2"}}}, {Name: "Pool", Go: "Pool", Type: reference.Type{Name: "object"},
			Fields: []*reference.Field{
				{Name: "scaling", Go: "Scaling", Anchor: "scaling", Type: reference.Type{Name: "Scaling", Schema: "Scaling"}, Fields: []*reference.Field{groups("scaling.")}},
				{Name: "more", Go: "More", Anchor: "more", Type: reference.Type{Name: "object"}, Fields: []*reference.Field{groups("more.")}},
			}}, {Name: "CreatePoolBody", Type: reference.Type{Name: "object"}, Fields: []*reference.Field{groups("")}}},
	}
}

func index(t *testing.T, in Input) (pages, fields [][]any, texts []string) {
	t.Helper()
	script, err := Index(in)
	require.NoError(t, err)
	body, isScript := strings.CutPrefix(string(script), "globalThis.ackgenIndex = ")
	require.True(t, isScript)
	var got struct {
		Pages  [][]any  `json:"pages"`
		Fields [][]any  `json:"fields"`
		Texts  []string `json:"texts"`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &got))
	again, err := Index(in)
	require.NoError(t, err)
	assert.Equal(t, string(script), string(again), "equal input gives equal bytes")
	return got.Pages, got.Fields, got.Texts
}

func TestIndex(t *testing.T) {
	t.Parallel()
	pages, fields, texts := index(t, Input{
		API: api(),
		Guides: []Guide{{Page: "guides/paging.html", Title: "Paging", Summary: "How lists are read.",
			Headings: []Heading{{ID: "all-items", Title: "All items"}}}},
		Terms: []terms.Term{
			{Text: "节点池", Names: []terms.Name{{Kind: terms.Group, Text: "Pools"}, {Kind: terms.Schema, Text: "State"}}},
			{Text: "创建节点池", Names: []terms.Name{{Kind: terms.Operation, Text: "CreatePool"}}},
			{Text: "安全组", Names: []terms.Name{{Kind: terms.Field, Text: "security_group_ids"}}},
		},
	})
	assert.Equal(t, [][]any{
		{2.0, "index.html#pools", "Pools", "PoolsAPI", "2 operations", "Pools of nodes.", "节点池", "", 0.0},
		{0.0, "operations/CreatePool.html", "CreatePool", "", "POST /pools", "creates a pool.\nIt costs <money>.", "创建节点池", "CreatePoolAndWait", 0.0},
		{0.0, "operations/GetPool.html", "GetPool", "ReadPool", "GET /pools/{id}", "", "", "", 1.0},
		{1.0, "schemas/State.html", "State", "", "string", "How a pool is.", "节点池", "active\nStateActive\n2", 0.0},
		{1.0, "schemas/Pool.html", "Pool", "", "object", "", "", "", 0.0},
		{1.0, "schemas/CreatePoolBody.html", "CreatePoolBody", "", "object", "", "", "", 0.0},
		{7.0, "errors.html#Pool.Gone-2", "Pool.Gone", "ErrorPoolGone", "Error codes", "There is none.", "", "", 0.0},
		{3.0, "guides/paging.html", "Paging", "", "", "How lists are read.", "", "", 0.0},
		{4.0, "guides/paging.html#all-items", "All items", "", "Paging", "", "", "", 0.0},
	}, pages)
	assert.Equal(t, []string{"", "request.", "request.group.", "response.", "more.", "request.ids-1", "The group.", "The security groups.", "安全组"}, texts)
	assert.Equal(t, [][]any{
		{5.0, "ids", "IDs", 0.0, 0.0, 0.0, 5.0, 1.0, 0.0},
		{6.0, "group", "Group", 6.0, 0.0, 0.0, 0.0, 1.0, 1.0},
		{6.0, "security_group_ids", "SecurityGroupIDs", 7.0, 8.0, 0.0, 0.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0},
		{6.0, "scaling", "Scaling", 0.0, 0.0, 0.0, 0.0, 4.0, 0.0},
		{6.0, "more", "More", 0.0, 0.0, 0.0, 0.0, 4.0, 0.0},
	}, fields)
}

func TestIndexOfNothing(t *testing.T) {
	t.Parallel()
	script, err := Index(Input{API: new(reference.API)})
	require.NoError(t, err)
	assert.Equal(t, `globalThis.ackgenIndex = {"pages":[],"fields":[],"texts":[]}`+"\n", string(script))
}
