package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/clitest"
	"github.com/ackgen/ackgen/generator"
)

var update = flag.Bool("update", false, "rewrite the goldens of the command")

// TestCommand runs every case of testdata/codegen in a Go module with a small
// spec and its bundle in the folder spec.
func TestCommand(t *testing.T) {
	t.Parallel()
	base, err := txtar.ParseFile("../../testdata/codegen/base.txtar")
	require.NoError(t, err)
	files := map[string][]byte{"go.mod": []byte("module example.com/pets\n")}
	dir := t.TempDir()
	for _, f := range base.Files {
		files["spec/"+f.Name] = f.Data
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, f.Data, 0o600))
	}
	b, err := bundle.Build(dir)
	require.NoError(t, err)
	require.Empty(t, b.Findings)
	files["spec/"+bundle.FileName] = b.YAML
	clitest.Suite{Cases: "../../testdata/codegen", Golden: "../../golden/codegen", Files: files, Run: run, Version: generator.Version, Update: *update}.Test(t)
}

// bundled writes the bundle of a folder of fragments.
func bundled(t *testing.T, dir string) {
	t.Helper()
	b, err := bundle.Build(dir)
	require.NoError(t, err)
	require.Empty(t, b.Findings)
	require.NoError(t, os.WriteFile(filepath.Join(dir, bundle.FileName), b.YAML, 0o600))
}

func TestManual(t *testing.T) {
	t.Parallel()
	clitest.Manual(t, run, "codegen")
}
