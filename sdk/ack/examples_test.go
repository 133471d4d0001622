package ack_test

import (
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryGroupHasAnExample finds groups whose documentation shows no use.
func TestEveryGroupHasAnExample(t *testing.T) {
	t.Parallel()
	const suffix = "_messages_gen.go" // each group has one such file
	groups, err := filepath.Glob("*" + suffix)
	require.NoError(t, err)
	require.NotEmpty(t, groups)
	for _, name := range groups {
		name = "example_" + strings.TrimSuffix(name, suffix) + "_test.go"
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		require.NoError(t, err)
		examples := doc.Examples(file)
		assert.NotEmpty(t, examples, "%s has no example", name)
		for _, example := range examples {
			assert.NotEmpty(t, example.Output, "%s: nothing checks Example%s", name, example.Name)
		}
	}
}
