package wire

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/oasdiff/oasdiff/checker"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const everything = "testdata/everything.txtar"

// read reads a document from a text.
func read(t *testing.T, text string) *document.Document {
	t.Helper()
	file := filepath.Join(t.TempDir(), "spec.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	d, err := document.Open(file)
	require.NoError(t, err)
	return d
}

// parse returns the tree of a text.
func parse(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var list diag.List
	root := yamlsrc.Files{}.Parse("spec.yaml", []byte(text), &list)
	require.Empty(t, list.Sorted())
	return root
}

// write returns the text of a tree.
func write(t *testing.T, root *yaml.Node) string {
	t.Helper()
	text, err := yaml.Marshal(root)
	require.NoError(t, err)
	return string(text)
}

// mutation is one edit of a tree.
type mutation struct {
	name     string
	do, undo func()
}

// mutations lists edits of everything below a node: each key is removed, each value
// changed, each item of a list removed and another added, each object given two keys.
func mutations(n *yaml.Node, path string) []mutation {
	var out []mutation
	swap := func(name string, content []*yaml.Node) {
		old := n.Content
		out = append(out, mutation{name: path + " " + name, do: func() { n.Content = content }, undo: func() { n.Content = old }})
	}
	switch n.Kind {
	case yaml.ScalarNode:
		old := n.Value
		for _, value := range others(n) {
			out = append(out, mutation{name: path + " is " + value, do: func() { n.Value = value }, undo: func() { n.Value = old }})
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			swap(fmt.Sprintf("without %d", i), slices.Delete(slices.Clone(n.Content), i, i+1))
			out = append(out, mutations(item, fmt.Sprintf("%s/%d", path, i))...)
		}
		if len(n.Content) > 0 && n.Content[0].Kind == yaml.ScalarNode {
			swap("with another", append(slices.Clone(n.Content), &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "other"}))
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			swap("without "+key.Value, slices.Delete(slices.Clone(n.Content), i, i+2))
			out = append(out, mutations(n.Content[i+1], path+"/"+key.Value)...)
		}
		swap("with x-other", append(slices.Clone(n.Content), scalarNode("x-other"), scalarNode("value")))
		swap("with description", append(slices.Clone(n.Content), scalarNode("description"), scalarNode("New words.")))
	}
	return out
}

func scalarNode(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

// others returns values that a scalar could have in place of its own.
func others(n *yaml.Node) []string {
	switch n.ShortTag() {
	case "!!bool":
		return []string{map[string]string{"true": "false", "false": "true"}[n.Value]}
	case "!!int", "!!float":
		return []string{n.Value + "1", "3"}
	}
	if i := slices.IndexFunc(words, func(group []string) bool { return slices.Contains(group, n.Value) }); i >= 0 {
		return slices.DeleteFunc(slices.Clone(words[i]), func(v string) bool { return v == n.Value })
	}
	if strings.HasPrefix(n.Value, "#/") {
		return []string{"#/components/schemas/Thing"}
	}
	return []string{n.Value + "2"}
}

// words are groups of values of which one can stand in place of another.
var words = [][]string{
	{"string", "integer", "number", "object"}, {"query", "header"}, {"int32", "int64"}, {"unsafe", "idempotent"},
	{"stable", "legacy"}, {"number", "none"}, {"form", "simple"}, {"cs:GetThing", "cs:ShowThing"}, {"5s", "6s"}, {"30s", "40s"},
}

// sideOf reads and checks a text. It returns nil when it is broken.
func sideOf(t *testing.T, text string) *side {
	t.Helper()
	s, _ := open(t.Context(), read(t, text))
	return s
}

// documents returns the documents of the tests, by name.
func documents(t *testing.T) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile(everything)
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range a.Files {
		out[f.Name] = write(t, parse(t, string(f.Data)))
	}
	return out
}

// TestNothingIsLost changes all that is in a document, one thing at a time. As long as the
// document is sound, the change must be found from both sides, and be well-formed.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	for name, base := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := parse(t, base)
			sound, b := 0, sideOf(t, base)
			require.NotNil(t, b)
			for _, m := range mutations(root, "") {
				m.do()
				head := write(t, root)
				m.undo()
				if h := sideOf(t, head); head != base && h != nil {
					sound++
					checkFound(t, m.name, b, h)
					checkFound(t, m.name+", backward", h, b)
				}
			}
			assert.Greater(t, sound, 100)
		})
	}
}

// checkFound checks that a mutation is found.
func checkFound(t *testing.T, name string, base, head *side) {
	t.Helper()
	changes, err := between(base, head)
	require.NoError(t, err)
	assert.NotEmpty(t, changes, name)
	seen := map[string]bool{}
	for _, c := range changes {
		checkForm(t, name, c)
		assert.False(t, seen[c.Fingerprint()], "%s: two changes have one fingerprint: %s", name, c.Message)
		seen[c.Fingerprint()] = true
	}
}

var sentenceRE = regexp.MustCompile(`^[^\s].*\.$`)

func checkForm(t *testing.T, name string, c change.Change) {
	t.Helper()
	assert.Regexp(t, `^[a-z][a-z0-9-]+$`, c.Kind, name)
	assert.Regexp(t, sentenceRE, c.Message, name)
	assert.NotContains(t, c.Message, "%!", name)
	assert.NotRegexp(t, `SUBJECT|FROM|KEY`, c.Message, name)
	assert.Equal(t, change.Wire, c.Area, name)
	assert.NotEmpty(t, c.Subject, name)
	assert.True(t, c.Base.Line > 0 || c.Head.Line > 0, "%s: %s has no position", name, c.Kind)
	assert.True(t, slices.IsSorted(c.Operations), name)
	assert.False(t, strings.Contains(c.From+c.To+c.Subject, "\n"), name)
}

// TestDocumentHasEverything holds that the document of the tests has every key of the spec
// on every kind of object.
func TestDocumentHasEverything(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, text := range documents(t) {
		maps.Copy(have, keys(t, text))
	}
	data, err := os.ReadFile("../../../../spec/openapi.yaml")
	require.NoError(t, err)
	for key := range keys(t, string(data)) {
		assert.True(t, have[key], key)
	}
}

// keys lists the keys that stand on objects of each kind, without those that are free.
func keys(t *testing.T, text string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for n := range oas.New(oas.Document, "", parse(t, text)).All() {
		for key := range yamlsrc.Pairs(n.Value) {
			if n.Kind != oas.Paths && n.Kind != oas.Responses {
				out[string(n.Kind)+" "+key.Value] = true
			}
		}
	}
	return out
}

// sampled leaves some of the mutations, so that a test of other things is quick.
func sampled(root *yaml.Node) []mutation {
	var out []mutation
	for i, m := range mutations(root, "") {
		if i%9 == 0 {
			out = append(out, m)
		}
	}
	return out
}

func fingerprints(t *testing.T, base, head *side) []string {
	t.Helper()
	changes, err := between(base, head)
	require.NoError(t, err)
	out := []string{}
	for _, c := range changes {
		out = append(out, c.Fingerprint()+" "+c.Message)
	}
	slices.Sort(out)
	return out
}

// shifted returns a text with other lines before all, and another operation that needs
// what others need.
func shifted(text string) string {
	operation := "paths:\n    /another:\n        get:\n            operationId: Another\n            tags: [Things]\n            summary: is another.\n            responses:\n                \"200\":\n                    description: A thing.\n"
	if strings.Contains(text, "\n        Thing:\n") {
		operation += "                    content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}\n"
	}
	return strings.Repeat("# moved\n", 7) + strings.Replace(text, "paths:\n", operation, 1)
}

// TestFingerprintsAreStable holds that a change is the same in another place, and when
// other operations are there that need what has changed.
func TestFingerprintsAreStable(t *testing.T) {
	t.Parallel()
	for name, base := range documents(t) {
		if name == "schemas.yaml" || name == "lists.yaml" || name == "requests.yaml" {
			continue // whose things are only in requests, or only in responses, so that another operation adds changes
		}
		root, found := parse(t, base), 0
		b, moved := sideOf(t, base), sideOf(t, shifted(base))
		require.NotNil(t, moved)
		for _, m := range sampled(root) {
			m.do()
			head := write(t, root)
			m.undo()
			h, movedHead := sideOf(t, head), sideOf(t, shifted(head))
			if h == nil || movedHead == nil {
				continue
			}
			found++
			assert.Equal(t, fingerprints(t, b, h), fingerprints(t, moved, movedHead), m.name)
		}
		assert.Greater(t, found, 10, name)
	}
}

// TestOrderDoesNotMatter turns around all mappings, and the lists that are sets.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	var reverse func(n *yaml.Node, key string)
	reverse = func(n *yaml.Node, key string) {
		if n.Kind == yaml.SequenceNode && slices.Contains(sets, key) {
			slices.Reverse(n.Content)
		}
		if n.Kind != yaml.MappingNode {
			for _, item := range n.Content {
				reverse(item, "")
			}
			return
		}
		var content []*yaml.Node
		for i := len(n.Content) - 2; i >= 0; i -= 2 {
			reverse(n.Content[i+1], n.Content[i].Value)
			content = append(content, n.Content[i], n.Content[i+1])
		}
		n.Content = content
	}
	for name, base := range documents(t) {
		root := parse(t, base)
		reverse(root, "")
		head := write(t, root)
		require.NotEqual(t, base, head)
		assert.Empty(t, fingerprints(t, sideOf(t, base), sideOf(t, head)), name)
	}
}

// TestSameEveryTime compares two versions of the provider's API again and again.
func TestSameEveryTime(t *testing.T) {
	t.Parallel()
	sides := make([]*side, 2)
	for i, name := range []string{"cs-v5.9.8.yaml", "cs-v7.0.0.yaml"} {
		data, err := os.ReadFile("../../../../testdata/upstream/" + name)
		require.NoError(t, err)
		sides[i] = sideOf(t, string(data))
	}
	first, err := between(sides[0], sides[1])
	require.NoError(t, err)
	assert.Equal(t, change.Breaking, first[0].Level)
	for range 5 {
		again, err := between(sides[0], sides[1])
		require.NoError(t, err)
		assert.Equal(t, first, again)
	}
}

// TestMerge holds that a change of several operations is one, with the gravest level.
func TestMerge(t *testing.T) {
	t.Parallel()
	one := change.Change{Kind: "k", Subject: "S", Level: change.Risky, Operations: []string{"B"}, Message: "first"}
	two := change.Change{Kind: "k", Subject: "S", Level: change.Breaking, Operations: []string{"A", "B"}, Message: "second"}
	other := change.Change{Kind: "k", Subject: "S", To: "x", Operations: []string{"C"}}
	merged := change.Change{Kind: "k", Subject: "S", Level: change.Breaking, Operations: []string{"A", "B"}, Message: "first"}
	assert.Equal(t, []change.Change{merged, other}, merge([]change.Change{one, other, two}))
}

// TestBroken holds that nothing is compared when a side is broken, and that the findings
// of both sides are told.
func TestBroken(t *testing.T) {
	t.Parallel()
	_, err := Compare(t.Context(), read(t, "openapi: ["), read(t, "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: 7\n"))
	var broken *diag.Error
	require.ErrorAs(t, err, &broken)
	assert.Len(t, broken.Findings, 2)
}

// TestRulesMatch holds that every rule is about a kind that there is, and that every kind
// of oasdiff has a reason.
func TestRulesMatch(t *testing.T) {
	t.Parallel()
	kinds := map[string]bool{"operation-moved": true}
	for _, r := range checker.GetAllRules() {
		for _, at := range []oas.Kind{oas.Schema, oas.Operation} {
			kind := kindOf(r.Id, place{object: &object{Kind: at}})
			kinds[kind] = true
			assert.NotEmpty(t, Why(kind))
		}
	}
	for _, r := range rules {
		matches := slices.ContainsFunc(slices.Collect(maps.Keys(kinds)), func(kind string) bool {
			ok, err := path.Match(r.kinds, kind)
			return ok && err == nil
		})
		assert.True(t, matches, r.kinds)
	}
	for _, r := range slices.Concat(rules, ownRules) {
		assert.NotEmpty(t, r.why, r.kinds)
	}
}
