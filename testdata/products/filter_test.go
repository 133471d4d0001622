package products

import (
	"testing"

	"github.com/ackgen/ackgen/generator"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// withoutRefused returns the product without the operations that the generator refuses, and counts the findings that say why.
func withoutRefused(t *testing.T, p *product) (accepted *product, why map[string]int) {
	t.Helper()
	accepted, why = p, make(map[string]int)
	for {
		var root yaml.Node
		require.NoError(t, yaml.Unmarshal(accepted.spec, &root))
		refused := make(map[string]bool)
		for _, f := range generator.Check(t.Context(), generator.Options{SpecName: p.name + ".yaml", Spec: accepted.spec}) {
			if f.Warning {
				continue
			}
			name := operationAt(&root, f.Pos.Line)
			require.NotEmpty(t, name, "%v concerns no operation", f)
			refused[name] = true
			why[f.Code+": "+f.Message]++
		}
		if len(refused) == 0 {
			return accepted, why
		}
		remove(&root, refused)
		text, err := yaml.Marshal(&root)
		require.NoError(t, err)
		accepted = parseProduct(t, p.name, text)
	}
}

// operations calls a function with every operation below paths.
func operations(root *yaml.Node, f func(item *yaml.Node, i int, name string)) {
	paths := member(root.Content[0], "paths")
	for i := 1; i < len(paths.Content); i += 2 {
		item := paths.Content[i]
		for j := len(item.Content) - 2; j >= 0; j -= 2 {
			if id := member(item.Content[j+1], "operationId"); id != nil {
				f(item, j, id.Value)
			}
		}
	}
}

// operationAt returns the operation that a line belongs to.
func operationAt(root *yaml.Node, line int) string {
	found, start := "", 0
	operations(root, func(item *yaml.Node, i int, name string) {
		if at := item.Content[i].Line; at <= line && at > start {
			found, start = name, at
		}
	})
	return found
}

// remove takes operations out of a document.
func remove(root *yaml.Node, names map[string]bool) {
	operations(root, func(item *yaml.Node, i int, name string) {
		if names[name] {
			item.Content = append(item.Content[:i], item.Content[i+2:]...)
		}
	})
}

func member(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}
