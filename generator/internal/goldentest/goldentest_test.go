package goldentest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/internal/goldentest"
)

// tree makes a folder with empty files and returns its path.
func tree(t *testing.T, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, nil, 0o600))
	}
	return root
}

func TestCases(t *testing.T) {
	t.Parallel()
	root := tree(t, "testdata/cases/ok/b/spec.json", "testdata/cases/err/a/spec.yaml", "testdata/cases/err/a/sub/other.yaml", "testdata/cases/README.md",
		"golden/err/a/x", "golden/ok/gone/x", "golden/specgen/x")
	cases, err := goldentest.Cases(root)
	require.NoError(t, err)
	require.Equal(t, []goldentest.Case{{Name: "err/a", Spec: "testdata/cases/err/a/spec.yaml"}, {Name: "ok/b", Spec: "testdata/cases/ok/b/spec.json"}}, cases)
	assert.False(t, cases[0].MustPass())
	assert.True(t, cases[1].MustPass())
	assert.Equal(t, "b", cases[1].Feature())

	stale, err := goldentest.Stale(root, cases, "specgen")
	require.NoError(t, err)
	assert.Equal(t, []string{"ok/gone"}, stale)

	_, err = goldentest.Stale(root, cases)
	assert.ErrorContains(t, err, `"specgen", which is none of ["err" "ok"]`)
}

func TestWithout(t *testing.T) {
	t.Parallel()
	all := goldentest.Set{"same": []byte("1"), "other": []byte("1"), "own": nil}
	assert.Equal(t, goldentest.Set{"other": []byte("1"), "own": nil}, all.Without(goldentest.Set{"same": []byte("1"), "other": []byte("2")}))
	assert.Len(t, all, 3)
}

func TestCasesNeedExactlyOneSpec(t *testing.T) {
	t.Parallel()
	for _, files := range [][]string{
		{"testdata/cases/ok/a/spec.yaml", "testdata/cases/ok/a/spec.json"},
		{"testdata/cases/ok/a/spec.yaml", "testdata/cases/ok/a/spec.txt"},
		{"testdata/cases/ok/a/other.yaml"},
		{"testdata/cases/ok/a/deeper/spec.yaml"},
		{"testdata/none"},
	} {
		_, err := goldentest.Cases(tree(t, files...))
		assert.Error(t, err, "%v", files)
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	want := goldentest.Set{"same": []byte("1"), "other": []byte("a\nb\nc\nd\ne\nf\n"), "gone": nil}
	got := goldentest.Set{"same": []byte("1"), "other": []byte("a\nb\nc\nd\nE\nf\n"), "new": nil}
	assert.Empty(t, goldentest.Diff(want, want))
	assert.Equal(t, `golden file without counterpart: gone
no golden file for new
diff golden/other generated/other
--- golden/other
+++ generated/other
@@ -2,5 +2,5 @@
 b
 c
 d
-e
+E
 f
`, goldentest.Diff(got, want))
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "case")
	first := goldentest.Set{"keep": []byte("1"), "change": []byte("1"), "sub/stale": []byte("1")}
	changed, err := goldentest.Update(dir, first)
	require.NoError(t, err)
	assert.Equal(t, []string{"change", "keep", "sub/stale"}, changed)

	second := goldentest.Set{"keep": []byte("1"), "change": []byte("2"), "sub/new": nil}
	changed, err = goldentest.Update(dir, second)
	require.NoError(t, err)
	assert.Equal(t, []string{"change", "sub/new", "sub/stale"}, changed)
	got, err := goldentest.Read(dir)
	require.NoError(t, err)
	assert.Empty(t, goldentest.Diff(got, second))

	changed, err = goldentest.Update(dir, second)
	require.NoError(t, err)
	assert.Empty(t, changed, "an equal set is written again")
}

func TestCompile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("module example.com/m\n\ngo 1.26\n"), 0o600))
	good := goldentest.Set{"a/a.go": []byte("package a\n\nconst A = 1\n"), "b/b.go": []byte("package b\n\nimport \"example.com/m/a\"\n\nconst B = a.A\n")}
	require.NoError(t, goldentest.Compile(t.Context(), root, t.TempDir(), good))
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	assert.Len(t, entries, 1, "files were left in the module")

	good["b/bad.go"] = []byte("package b\n\nvar x int = \"text\"\n")
	err = goldentest.Compile(t.Context(), root, t.TempDir(), good)
	require.ErrorContains(t, err, "b/bad.go:3:13")
}
