package generator_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator"
)

func TestGenerateRefusesNamesOfPackages(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "type", "main", "a-b"} {
		files, err := generator.Generate(t.Context(), generator.Options{
			SpecName: "s.yaml", Spec: []byte("openapi: 3.0.3\n"), Package: name, ImportPath: "example.com/api",
		})
		require.ErrorContains(t, err, "cannot be the name of a package")
		assert.Empty(t, files)
	}
}
