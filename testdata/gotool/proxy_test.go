package gotool

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	modzip "golang.org/x/mod/zip"
)

// root is the repository, and release what the proxy says it is.
const root = "../.."

var release = module.Version{Path: "github.com/ackgen/ackgen", Version: "v0.0.1"}

// newProxy makes a folder that serves as GOPROXY: it has a release made of this
// repository as it is, and the versions that its go.mod names.
func newProxy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	content, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	f, err := modfile.Parse("go.mod", content, nil)
	require.NoError(t, err)
	downloads := filepath.Join(strings.TrimSpace(run(t, ".", nil, "", "go", "env", "GOMODCACHE")), "cache", "download")
	sums := map[string]string{}
	for _, r := range f.Require {
		from := versions(t, downloads, r.Mod) + r.Mod.Version + ".zip"
		goMod := requireNothing(t, from, r.Mod)
		serve(t, dir, r.Mod, goMod, func(w io.Writer) error { return copyFile(w, from) })
		sum, err := dirhash.Hash1([]string{"go.mod"}, func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(goMod)), nil })
		require.NoError(t, err)
		sums[r.Mod.Path+" "+r.Mod.Version+"/go.mod"] = sum
	}
	files := append(repository(t), summed(t, sums))
	serve(t, dir, release, content, func(w io.Writer) error { return modzip.Create(w, release, files) })
	return dir
}

// serve adds a version to a proxy.
func serve(t *testing.T, dir string, mod module.Version, goMod []byte, zipTo func(io.Writer) error) {
	t.Helper()
	at := versions(t, dir, mod)
	require.NoError(t, os.MkdirAll(at, 0o750))
	write := func(ext string, content []byte) { require.NoError(t, os.WriteFile(at+mod.Version+ext, content, 0o600)) }
	write(".mod", goMod)
	write(".info", fmt.Appendf(nil, `{"Version": %q, "Time": "2026-01-01T00:00:00Z"}`, mod.Version))
	out, err := os.Create(at + mod.Version + ".zip")
	require.NoError(t, err)
	require.NoError(t, zipTo(out), mod)
	require.NoError(t, out.Close())
}

// versions returns the folder of a proxy that holds the versions of a module, with a
// slash at the end.
func versions(t *testing.T, dir string, mod module.Version) string {
	t.Helper()
	escaped, err := module.EscapePath(mod.Path)
	require.NoError(t, err)
	return filepath.Join(dir, filepath.FromSlash(escaped), "@v") + string(filepath.Separator)
}

// requireNothing returns the go.mod of a dependency without what it requires: our own
// go.mod names all that is built, and what else there is may not be on this machine.
func requireNothing(t *testing.T, zipFile string, mod module.Version) []byte {
	t.Helper()
	r, err := zip.OpenReader(zipFile)
	require.NoError(t, err, "run go mod download first")
	defer func() { require.NoError(t, r.Close()) }()
	content, err := fs.ReadFile(r, mod.String()+"/go.mod")
	if err != nil { // from before there were modules
		return []byte("module " + mod.Path + "\n")
	}
	f, err := modfile.ParseLax("go.mod", content, nil)
	require.NoError(t, err)
	f.SetRequire(nil)
	f.Cleanup()
	content, err = f.Format()
	require.NoError(t, err)
	return content
}

func copyFile(w io.Writer, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	return err
}

// repository returns the files that a release has: no hidden folders, and no modules
// below this one.
func repository(t *testing.T) []modzip.File {
	t.Helper()
	var files []modzip.File
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || exists(filepath.Join(path, "go.mod"))):
			return fs.SkipDir
		case d.Type().IsRegular() && path != root+"/"+goSum:
			files = append(files, file(path))
		}
		return nil
	}))
	return files
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// file is a file of the repository, by its path from here.
type file string

func (f file) Path() string                 { return filepath.ToSlash(strings.TrimPrefix(string(f), root+"/")) }
func (f file) Lstat() (os.FileInfo, error)  { return os.Lstat(string(f)) }
func (f file) Open() (io.ReadCloser, error) { return os.Open(string(f)) }

const goSum = "go.sum"

// summed returns the go.sum of this repository with other sums.
func summed(t *testing.T, sums map[string]string) modzip.File {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, goSum))
	require.NoError(t, err)
	var out strings.Builder
	for line := range strings.Lines(string(content)) {
		name, _, _ := strings.Cut(line, " h1:")
		if sum := sums[name]; sum != "" {
			line = name + " " + sum + "\n"
		}
		out.WriteString(line)
	}
	at := filepath.Join(t.TempDir(), goSum)
	require.NoError(t, os.WriteFile(at, []byte(out.String()), 0o600))
	return sumFile{file(at)}
}

// sumFile is a go.sum that is somewhere else.
type sumFile struct{ file }

func (sumFile) Path() string { return goSum }
