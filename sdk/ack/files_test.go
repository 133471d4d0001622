package ack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGeneratedFilesAreReadable counts lines, because nobody reads a longer file
// and no review tool shows it.
func TestGeneratedFilesAreReadable(t *testing.T) {
	t.Parallel()
	const most = 2000
	var files []string
	for _, pattern := range []string{"*_gen.go", "ackmock/*_gen.go"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, found, pattern)
		files = append(files, found...)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.LessOrEqual(t, bytes.Count(content, []byte("\n")), most, "%s is too long: split its group or folder in the spec", name)
	}
}
