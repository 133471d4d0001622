// Package diagramtest holds images in the documentation to what draws them.
//
// It may import its parent, testify and the standard library.
package diagramtest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/diagram"
)

// Check compares docs/images with a diagram, or writes it there. The root is that of the repository.
func Check(t *testing.T, root string, d *diagram.Diagram, update bool) {
	t.Helper()
	want, err := d.SVG()
	require.NoError(t, err)
	path := filepath.Join(root, "docs", "images", d.Name+".svg")
	if update {
		require.NoError(t, os.WriteFile(path, want, 0o644)) //nolint:gosec // it is for everybody
	}
	have, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(want, have), "%s is another image: run with -update, and look at it", path)
}
