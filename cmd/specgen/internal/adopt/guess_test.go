package adopt

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/spec"
)

// TestGuess guesses the tag of every operation of our spec from the other ones.
func TestGuess(t *testing.T) {
	t.Parallel()
	ours, err := upstream.Parse(spec.Bundle())
	require.NoError(t, err)
	tags := tagsOf(t)
	right := 0
	for i, op := range ours.Operations {
		w := writer{Options: Options{Tags: tags, Ours: &upstream.Description{Operations: slices.Delete(slices.Clone(ours.Operations), i, i+1)}}}
		if tag, _ := w.guess(op); tag == tags[op.Name] {
			right++
		}
	}
	assert.Greater(t, right*4, len(ours.Operations)*3, "%d of %d", right, len(ours.Operations))
}

// tagsOf returns the tags of our operations by name.
func tagsOf(t *testing.T) map[string]string {
	t.Helper()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal(spec.Bundle(), &doc))
	out := map[string]string{}
	for _, item := range yamlsrc.Pairs(yamlsrc.Value(doc.Content[0], "paths")) {
		for _, op := range yamlsrc.Pairs(item) {
			out[yamlsrc.Text(op, "operationId")] = yamlsrc.Items(yamlsrc.Value(op, "tags"))[0].Value
		}
	}
	return out
}

// TestGuessVotes has operations of which several are as near, or one is nearer.
func TestGuessVotes(t *testing.T) {
	t.Parallel()
	op := func(name, path string) upstream.Operation { return upstream.Operation{Name: name, Path: path} }
	w := writer{Options: Options{
		Tags: map[string]string{"ListDogs": "Dogs", "ListCats": "Cats", "ShowCat": "Cats", "FeedCat": "Food", "Ping": "Other", "WalkDog": "Walks"},
		Ours: &upstream.Description{Operations: []upstream.Operation{
			op("ListDogs", "/pets/{id}/dogs"), op("ListCats", "/pets/{id}/cats"), op("ShowCat", "/pets/cats/{id}"), op("FeedCat", "/pets/{id}/cats"),
			op("Ping", "/"), op("WalkDog", "/pets/walks"),
		}},
	}}
	for name, c := range map[string]struct{ operation, path, tag, near string }{
		"one":             {"BrushDogs", "/pets/{id}/dogs/{dog}", "Dogs", "ListDogs"},
		"most":            {"BrushThem", "/pets/{x}/cats/brush", "Cats", "ListCats"},
		"name":            {"FeedThem", "/pets/{x}/cats/food", "Food", "FeedCat"},
		"first of equals": {"Brush", "/pets", "Cats", "ListCats"},
		"equal votes":     {"Brush", "/pets/walks/dogs", "Dogs", "ListDogs"},
		"none":            {"Ping", "/", "", ""},
		"name alone":      {"ListDogs", "/dogs-of/{x}", "", ""},
	} {
		tag, near := w.guess(op(c.operation, c.path))
		assert.Equal(t, []string{c.tag, c.near}, []string{tag, near}, name)
	}
}
