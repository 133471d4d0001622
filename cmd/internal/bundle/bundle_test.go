package bundle_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// TestSource checks for every scalar of the bundle of the repository that its
// position leads to a fragment, and to the same text there.
func TestSource(t *testing.T) {
	t.Parallel()
	b, err := bundle.Build("../../../spec")
	require.NoError(t, err)
	require.NotNil(t, b.Tree)
	values := map[string]string{}
	for n, file := range b.Files {
		if n.Kind == yaml.ScalarNode {
			p := b.Files.Pos(n)
			p.File = file
			values[p.String()] = n.Value
		}
	}
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal(b.YAML, &doc))
	checked := 0
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for _, c := range n.Content {
			visit(c)
		}
		if n.Kind != yaml.ScalarNode {
			return
		}
		pos, ok := b.Source(n.Line, n.Column)
		require.True(t, ok, "line %d", n.Line)
		require.NotContains(t, pos.File, bundle.FileName)
		// Names of components and of their sections are not in the fragments.
		if want, exact := values[pos.String()]; exact && want == n.Value {
			checked++
		}
	}
	visit(&doc)
	lines := strings.Count(string(b.YAML), "\n")
	assert.Greater(t, checked, lines, "fewer exact positions than lines")
}

func TestSourceOutside(t *testing.T) {
	t.Parallel()
	b, err := bundle.Build("../../../spec")
	require.NoError(t, err)
	_, ok := b.Source(1, 1)
	assert.False(t, ok, "the header comes from no fragment")
	end, ok := b.Source(1<<20, 1)
	require.True(t, ok)
	assert.Contains(t, end.File, "root.yaml", "the security schemes stand last")
}

// TestLinksDoNotLeadOut builds specs whose files are links to a file elsewhere.
func TestLinksDoNotLeadOut(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "other.yaml")
	require.NoError(t, os.WriteFile(other, []byte("openapi: hidden\n"), 0o600))
	for _, name := range []string{bundle.HeadName, "operations/clusters/X.yaml", "schemas/clusters/X.yaml"} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, bundle.HeadName), []byte("openapi: 3.0.3\n"), 0o600))
		link := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(link), 0o750))
		require.NoError(t, os.RemoveAll(link))
		require.NoError(t, os.Symlink(other, link))
		_, err := bundle.Build(dir)
		require.ErrorContains(t, err, "escapes", name)
		assert.NotContains(t, err.Error(), "hidden", name)
	}
}

// TestBundleDoesNotLeadOut reads a bundle that is a link to a file elsewhere: by the name of its folder it must not be followed, and by its
// own it is what the user asks for.
func TestBundleDoesNotLeadOut(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "other.yaml")
	require.NoError(t, os.WriteFile(other, []byte("openapi: hidden\n"), 0o600))
	dir := t.TempDir()
	link := filepath.Join(dir, bundle.FileName)
	require.NoError(t, os.Symlink(other, link))
	spec, err := bundle.Locate(dir)
	require.NoError(t, err)
	text, _, err := spec.Read()
	require.ErrorContains(t, err, "escapes")
	assert.Empty(t, text)

	spec, err = bundle.Locate(link)
	require.NoError(t, err)
	text, _, err = spec.Read()
	require.NoError(t, err)
	assert.Equal(t, "openapi: hidden\n", string(text))
}

// TestFolderBehindALink has a link in place of the folder: what it holds must not seem to be nothing.
func TestFolderBehindALink(t *testing.T) {
	t.Parallel()
	link := filepath.Join(t.TempDir(), "link")
	folder, err := filepath.Abs(filepath.Join("..", "..", "..", "spec"))
	require.NoError(t, err)
	require.NoError(t, os.Symlink(folder, link))
	want, err := bundle.Build(folder)
	require.NoError(t, err)
	got, err := bundle.Build(link)
	require.NoError(t, err)
	assert.True(t, string(want.YAML) == string(got.YAML))
}

func TestSettingsDoNotLeadOut(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "other.yaml")
	require.NoError(t, os.WriteFile(other, []byte("hidden: 1\n"), 0o600))
	dir := t.TempDir()
	require.NoError(t, os.Symlink(other, filepath.Join(dir, "lint.yaml")))
	_, err := bundle.ReadSettings(dir, "lint.yaml", yamlsrc.Files{}, new(diag.List))
	assert.ErrorContains(t, err, "escapes")
}
