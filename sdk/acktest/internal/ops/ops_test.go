package ops_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/ops"
)

// TestFiles holds that each operation has a file of its name in the folder of its group, or a reason to respond with its example, and that no file is
// left over.
func TestFiles(t *testing.T) {
	t.Parallel()
	fragments, err := filepath.Glob("../../../../spec/operations/*/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, fragments)
	files := make(map[string]bool)
	all, examples := ops.All(), ops.Examples()
	for _, fragment := range fragments {
		name := strings.TrimSuffix(filepath.Base(fragment), ".yaml")
		file := filepath.Join(filepath.Base(filepath.Dir(fragment)), name+".go")
		if all[name] == nil {
			assert.NotEmpty(t, examples[name], "%s does nothing, and no reason is given", name)
			continue
		}
		assert.Empty(t, examples[name], "%s behaves", name)
		files[file] = true
		_, err := os.Stat(file)
		assert.NoError(t, err, name)
	}
	assert.Len(t, files, len(all), "the spec lacks an operation that behaves")
	written, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	for _, file := range written {
		if base := filepath.Base(file); base[0] >= 'A' && base[0] <= 'Z' {
			assert.True(t, files[file], "%s belongs to no operation", file)
		}
	}
}

// TestExamples holds that each operation either behaves or is listed, with a reason, as one that responds with its example: few of them, and none of
// the groups that programs live on.
func TestExamples(t *testing.T) {
	t.Parallel()
	fragments, err := filepath.Glob("../../../../spec/operations/*/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, fragments)
	all, examples := ops.All(), ops.Examples()
	groups := make(map[string]string) // by operation
	for _, fragment := range fragments {
		name := strings.TrimSuffix(filepath.Base(fragment), ".yaml")
		groups[name] = filepath.Base(filepath.Dir(fragment))
		_, listed := examples[name]
		assert.NotEqual(t, all[name] != nil, listed, "%s behaves, or else is listed with a reason", name)
	}
	assert.LessOrEqual(t, len(examples), 40)
	central := []string{"clusters", "nodepools", "nodes", "tasks", "upgrades", "addons", "kubeconfig", "permissions", "tags", "templates"}
	for name, reason := range examples {
		assert.NotEmpty(t, reason, name)
		assert.Contains(t, groups, name, "the spec has no such operation")
		assert.NotContains(t, central, groups[name], name)
	}
}
