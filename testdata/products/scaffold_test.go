package products

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator"
)

// TestSpecgenNew lets specgen write the fragments of every operation of the products, bundles them, and checks that the bundle describes the same
// requests as the document that the fragments come from.
func TestSpecgenNew(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sae", "fc", "ververica"} {
		want := readProduct(t, name)
		got := parseProduct(t, name, scaffold(t, want))
		for _, f := range generator.Check(t.Context(), generator.Options{SpecName: name, Spec: got.spec}) {
			assert.True(t, f.Warning, f.String())
		}
		require.Len(t, got.ops, len(want.ops))
		for i, op := range got.ops {
			assert.Equal(t, want.ops[i].inputs(), op.inputs(), op.name)
			want.ops[i].params, op.params = nil, nil // their values are those of the inputs
			want.ops[i].body, op.body = nil, nil
			assert.Equal(t, want.ops[i], op)
		}
	}
}

// scaffold returns the bundle of the fragments that specgen writes.
func scaffold(t *testing.T, p *product) []byte {
	t.Helper()
	dir := t.TempDir()
	head := "openapi: 3.0.3\ninfo: {title: " + p.name + ", version: \"" + p.version + "\"}\ntags: [{name: All}]\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "root.yaml"), []byte(head), 0o600))
	own := "leave-out: {provenance: The sources stay out of this test.}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "lint.yaml"), []byte(own), 0o600))
	from := filepath.Join("testdata", "products", p.name+".yaml")
	args := []string{"run", "./cmd/specgen", "new", "--spec", dir, "--from", from, "--tag", "All"}
	for _, op := range p.ops {
		args = append(args, op.name)
	}
	root := filepath.Join("..", "..")
	runGo(t, root, args...)
	require.NoError(t, filepath.WalkDir(dir, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		const open = "x-ack-retry: 'TODO: idempotent, token or unsafe, by what a second request does.'"
		return os.WriteFile(file, []byte(strings.Replace(string(text), open, "x-ack-retry: unsafe", 1)), 0o600)
	}))
	runGo(t, root, "run", "./cmd/specgen", "bundle", "--spec", dir)
	text, err := os.ReadFile(filepath.Join(dir, "openapi.yaml"))
	require.NoError(t, err)
	return text
}
