package gochange_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
)

// TestCompare compares the trees base and head of each file in testdata, and the result
// with the file want in it.
func TestCompare(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			dir := unpack(t, archive)
			got := describe(compare(t, tree(dir, "base"), tree(dir, "head")))
			want := &archive.Files[len(archive.Files)-1]
			require.Equal(t, "want", want.Name)
			if *gochange.Update && string(want.Data) != got {
				want.Data = []byte(got)
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o600))
				t.Fatal("updated; review the change and run again without -update")
			}
			assert.Equal(t, string(want.Data), got, "run with -update if this is right")
		})
	}
}

// TestCompareWithoutGo says what is missing on a machine without Go.
func TestCompareWithoutGo(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	_, err := gochange.Compare(t.Context(), gochange.Repository(dir), gochange.Repository(dir))
	require.ErrorContains(t, err, "list the packages of base: the go command is needed: ")
}

// unpack writes the files of an archive, and a go.mod for a side that has none.
func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, side := range []string{"base", "head"} {
		write(t, filepath.Join(dir, side, "go.mod"), "module example.com/x\n\ngo 1.26\n")
	}
	for _, f := range archive.Files {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

func tree(dir, side string) gochange.Tree {
	return gochange.Tree{Dir: filepath.Join(dir, side), Patterns: []string{"./..."}}
}

func compare(t *testing.T, base, head gochange.Tree) gochange.Result {
	t.Helper()
	out, err := gochange.Compare(t.Context(), base, head)
	require.NoError(t, err)
	return out
}

// describe writes a result as text.
func describe(r gochange.Result) string {
	var b strings.Builder
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "%s %s %s %q -> %q %s\n    %s\n    %s | %s\n", c.Level, c.Kind, c.Subject, c.From, c.To,
			strings.Join(c.Operations, " "), c.Message, c.Base, c.Head)
	}
	for _, d := range r.Declarations {
		fmt.Fprintf(&b, "\n== %s %s %s\n%s\n--\n%s\n", d.Kind, d.Package, d.Name, d.Base, d.Head)
	}
	return b.String()
}

// TestCompareRefuses covers trees that cannot be compared.
func TestCompareRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ base, head, want string }{
		"wrong type":     {"type T = Missing", "", "base does not compile: package example.com/x/api: "},
		"wrong syntax":   {"", "func (", "head does not compile: package example.com/x/api: "},
		"missing module": {"", `import _ "example.com/none"`, "; does go mod download work in "},
		"apidiff panics": {"type I interface{ interface{ M() } }", "type I interface{}", "compare package api: apidiff cannot compare it: unreachable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := unpack(t, &txtar.Archive{Files: []txtar.File{
				{Name: "base/api/api.go", Data: []byte("package api\n\n" + c.base + "\n")},
				{Name: "head/api/api.go", Data: []byte("package api\n\n" + c.head + "\n")},
			}})
			_, err := gochange.Compare(t.Context(), tree(dir, "base"), tree(dir, "head"))
			require.ErrorContains(t, err, c.want)
		})
	}
}

// TestCompareNeedsPackages covers trees without any, and folders that are no modules.
func TestCompareNeedsPackages(t *testing.T) {
	t.Parallel()
	dir := unpack(t, &txtar.Archive{Files: []txtar.File{
		{Name: "base/cmd/main.go", Data: []byte("package main\n\nfunc main() {}\n")},
		{Name: "base/internal/deep/deep.go", Data: []byte("package deep\n")},
		{Name: "head/sdk/api/api.go", Data: []byte("package api\n")},
	}})
	_, err := gochange.Compare(t.Context(), tree(dir, "base"), tree(dir, "head"))
	require.ErrorContains(t, err, "base has no package that programs can import in "+filepath.Join(dir, "base")+" (./...)")
	_, err = gochange.Compare(t.Context(), gochange.Repository(filepath.Join(dir, "head")), gochange.Repository(filepath.Join(dir, "base")))
	require.ErrorContains(t, err, "head has no package that programs can import in ")
	_, err = gochange.Compare(t.Context(), tree(dir, "head"), gochange.Tree{Dir: t.TempDir(), Patterns: []string{"./..."}})
	require.ErrorContains(t, err, "head")
}

// TestCompareLeavesTreesAlone holds that nothing is written into a tree, and that a folder
// of vendored modules does not matter.
func TestCompareLeavesTreesAlone(t *testing.T) {
	t.Parallel()
	dir := unpack(t, &txtar.Archive{Files: []txtar.File{
		{Name: "base/api/api.go", Data: []byte("package api\n")},
		{Name: "base/vendor/modules.txt", Data: []byte("# example.com/none v1.0.0\n## explicit\n")},
		{Name: "head/api/api.go", Data: []byte("package api\n")},
	}})
	before := os.DirFS(dir)
	files := func() (out []string) {
		require.NoError(t, fs.WalkDir(before, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(before, path)
			out = append(out, path+"\n"+string(text))
			return err
		}))
		return out
	}
	was := files()
	assert.Empty(t, compare(t, tree(dir, "base"), tree(dir, "head")))
	assert.Equal(t, was, files())
}
