package presets_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/presets"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/spec"
)

// TestPresetsNameOperations holds that the file is read whole, and that each preset
// names operations of the spec, sorted and once.
func TestPresetsNameOperations(t *testing.T) {
	t.Parallel()
	root := yamlsrc.Files{}.Parse("openapi.yaml", spec.Bundle(), nil)
	require.NotNil(t, root)
	known := map[string]bool{}
	for op := range oas.New(oas.Document, "", root).Of(oas.Operation) {
		known[op.Text("operationId")] = true
	}
	assert.Equal(t, []string{"autoscaler", "inspector", "operator", "provider"}, presets.Names())
	for name, ids := range presets.All() {
		assert.IsIncreasing(t, ids, name)
		for _, id := range ids {
			assert.True(t, known[id], "%s of %s", id, name)
		}
	}
}

// TestAllIsACopy holds that a caller cannot change the presets of another.
func TestAllIsACopy(t *testing.T) {
	t.Parallel()
	presets.All()["operator"][0] = "Other"
	assert.NotContains(t, presets.All()["operator"], "Other")
}
