package gateway

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBrokenSpecs puts something else in the place of each value of a spec. The server may refuse what becomes of it, or take it, but a
// program that starts it goes on.
func TestBrokenSpecs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/any.yaml")
	require.NoError(t, err)
	whole, err := parseDocument(text)
	require.NoError(t, err)
	loads := 0
	var walk func(value any, put func(any), where string)
	walk = func(value any, put func(any), where string) {
		for _, other := range []any{nil, "x", []any{nil}, map[string]any{"x": nil}} {
			put(other)
			broken, err := json.Marshal(whole)
			require.NoError(t, err)
			assert.NotPanics(t, func() {
				if api, err := Load(broken); err == nil {
					assert.NotEmpty(t, api.operations)
					loads++
				}
			}, "%s: %v", where, other)
		}
		put(value)
		switch v := value.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				walk(v[name], func(other any) { v[name] = other }, where+"/"+name)
			}
		case []any:
			for i, item := range v {
				walk(item, func(other any) { v[i] = other }, fmt.Sprintf("%s/%d", where, i))
			}
		}
	}
	walk(whole["paths"], func(other any) { whole["paths"] = other }, "/paths")
	walk(whole["components"], func(other any) { whole["components"] = other }, "/components")
	walk(whole["servers"], func(other any) { whole["servers"] = other }, "/servers")
	walk(whole["info"], func(other any) { whole["info"] = other }, "/info")
	assert.Positive(t, loads)
}
