package products

import (
	"os"
	"path/filepath"
	"testing"

	_ "github.com/go-json-experiment/json" // which the generated module reads models with, too
	"github.com/stretchr/testify/require"
)

// TestNasty generates a client with mocks and overrides of a document that has every construct, and calls all of it in a module of its own: see
// testdata/nasty.
func TestNasty(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	spec, err := os.ReadFile("nasty.yaml")
	require.NoError(t, err)
	writeClient(t, dir, &product{name: "nasty", spec: spec})
	caller := filepath.Join(dir, "nastytest")
	require.NoError(t, os.Mkdir(caller, 0o750))
	for _, name := range []string{"nasty_test.go", "override_test.go"} {
		source, err := os.ReadFile(filepath.Join("testdata", "nasty", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(caller, name), source, 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(caller, "spec.yaml"), spec, 0o600))
	writeModule(t, dir)
	runGo(t, dir, "vet", "./...")
	runGo(t, dir, "test", "-count=1", "./...")
}
