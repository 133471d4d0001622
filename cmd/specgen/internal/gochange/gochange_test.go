package gochange_test

import (
	"fmt"
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
