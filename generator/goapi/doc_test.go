package goapi

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
)

func TestParagraphs(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a\n\nb", paragraphs("", " a\n", " \n", "b"))
	assert.Empty(t, paragraphs("", " "))
}

func TestTypeDoc(t *testing.T) {
	t.Parallel()
	for description, want := range map[string]string{
		"A node of a cluster.":           "Node is a node of a cluster.",
		"An item.\n\nIt has more to it.": "Node is an item.\n\nIt has more to it.",
		"The state.":                     "Node is the state.",
		"What a node does.":              "Node is what a node does.",
		"Whether it works.":              "Node tells whether it works.",
		"Nodes of a cluster.":            "Node is a type of the API.\n\nNodes of a cluster.",
		"Apples.":                        "Node is a type of the API.\n\nApples.",
		"":                               "Node is a type of the API.",
		" \n":                            "Node is a type of the API.",
	} {
		assert.Equal(t, want, typeDoc("Node", description), "%q", description)
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	b := &builder{}
	number, text, list := &openapi3.Types{"number"}, &openapi3.Types{"string"}, &openapi3.Types{"array"}
	for want, tc := range map[string]struct {
		schema   openapi3.Schema
		required bool
	}{
		"":                                     {openapi3.Schema{}, false},
		"Required.":                            {openapi3.Schema{}, true},
		"Default: true.":                       {openapi3.Schema{Default: true}, false},
		"Default: false.":                      {openapi3.Schema{Default: false}, false},
		"Default: up.":                         {openapi3.Schema{Default: "up"}, false},
		`Default: "".`:                         {openapi3.Schema{Default: ""}, false},
		"Default: 20000000.":                   {openapi3.Schema{Type: number, Default: 2e7}, false},
		"Default: 0.25.":                       {openapi3.Schema{Type: number, Default: 0.25}, false},
		"Range: 1 to 10000000.":                {openapi3.Schema{Type: number, Min: new(1.0), Max: new(1e7)}, false},
		"Range: at least -0.5.":                {openapi3.Schema{Type: number, Min: new(-0.5)}, false},
		"Range: at most 0.":                    {openapi3.Schema{Type: number, Max: new(0.0)}, false},
		"Length: 2 to 63 characters.":          {openapi3.Schema{Type: text, MinLength: 2, MaxLength: new(uint64(63))}, false},
		"Length: at most 8 characters.":        {openapi3.Schema{Type: text, MinLength: 1, MaxLength: new(uint64(8))}, false},
		"Size: at least 2 items.":              {openapi3.Schema{Type: list, Items: &openapi3.SchemaRef{}, MinItems: 2}, false},
		"Required. Default: 5. Range: 0 to 9.": {openapi3.Schema{Type: number, Default: 5.0, Min: new(0.0), Max: new(9.0), Pattern: "^a*$"}, true},
		"Default: a. Pattern: ^a*$":            {openapi3.Schema{Type: text, Default: "a", Pattern: "^a*$", Max: new(9.0), MinItems: 4}, false},
	} {
		assert.Equal(t, want, b.facts(&tc.schema, tc.required))
	}
	for _, compound := range []any{[]any{}, []any{"a"}, map[string]any{}} {
		assert.Empty(t, b.facts(&openapi3.Schema{Default: compound}, false), "a list or object as default says more than fits")
	}
}

func TestOwnerName(t *testing.T) {
	t.Parallel()
	ref := func(name string) *openapi3.SchemaRef { return &openapi3.SchemaRef{Ref: schemaPrefix + name} }
	assert.Equal(t, "CreateThing", ownerName(ref("CreateThingBody"), "CreateThing"))
	assert.Equal(t, "ThingSpec", ownerName(ref("ThingSpec"), "CreateThing"))
	assert.Equal(t, "CreateThing", ownerName(&openapi3.SchemaRef{}, "CreateThing"))
}

func TestValidTag(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"name", "Name", "vswitch_ids", "a.b/c", "a b", "$x", "9", "名"} {
		assert.True(t, validTag(name), "%q", name)
	}
	for _, name := range []string{"", "-", `a"b`, "a`b", "a,b", `a\b`, "a'b", "a\nb", "a\x00b"} {
		assert.False(t, validTag(name), "%q", name)
	}
}
