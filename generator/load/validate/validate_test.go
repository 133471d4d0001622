package validate_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/validate"
)

func locate(line, col int) diag.Pos { return diag.Pos{File: "f", Line: line, Col: col} }

func TestDocumentWithoutContent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a: b: c", "[]", "openapi: 3.0.3"} {
		_, findings := validate.Document(t.Context(), []byte(text), locate)
		assert.NotEmpty(t, findings, text)
	}
}

// TestDocumentNeverPanics cuts the bundle of the repository off at many places:
// every part has to give findings or nothing.
func TestDocumentNeverPanics(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../spec/openapi.yaml")
	require.NoError(t, err)
	for i := 1; i < 12; i++ {
		part := data[:len(data)*i/97]
		assert.NotPanics(t, func() { _, _ = validate.Document(t.Context(), part, locate) })
	}
}
