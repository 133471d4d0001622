package products

import (
	"os"
	"path/filepath"
	"testing"

	_ "github.com/go-json-experiment/json" // which the generated module reads models with, too
	"github.com/stretchr/testify/require"
)

// TestNasty generates a client with mocks of a document that has every construct, and calls all of it in a module of its own: see
// testdata/nasty/nasty_test.go.
func TestNasty(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	spec, err := os.ReadFile("nasty.yaml")
	require.NoError(t, err)
	writeClient(t, dir, &product{name: "nasty", spec: spec})
	source, err := os.ReadFile(filepath.Join("testdata", "nasty", "nasty_test.go"))
	require.NoError(t, err)
	caller := filepath.Join(dir, "nastytest")
	require.NoError(t, os.Mkdir(caller, 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(caller, "nasty_test.go"), source, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(caller, "spec.yaml"), spec, 0o600))
	writeModule(t, dir)
	runGo(t, dir, "vet", "./...")
	runGo(t, dir, "test", "-count=1", "./...")
}
