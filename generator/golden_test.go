package generator_test

import (
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/internal/goldentest"
)

var update = flag.Bool("update", false, "rewrite the golden files; the run fails all the same")

const root = ".."

// below are the folders below the client, by how the cases begin whose golden files are
// those of the folder.
var below = map[string]string{"mock_": "apimock/", "fake_": "apifake/"}

// folderOf returns the folder below the client that the golden files of a case are in,
// or "" for the client.
func folderOf(c goldentest.Case) string {
	for prefix, folder := range below {
		if strings.HasPrefix(c.Feature(), prefix) {
			return folder
		}
	}
	return ""
}

// generate returns the files of a case, all of them, and the text of its
// findings: warnings beside files, or what is wrong.
func generate(t *testing.T, c goldentest.Case) (files goldentest.Set, findings string) {
	t.Helper()
	spec, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(c.Spec)))
	require.NoError(t, err)
	out, err := generator.Generate(t.Context(), generator.Options{
		SpecName: c.Spec, Spec: spec, Folder: folder(t, c), Package: "api", ImportPath: "github.com/ackgen/ackgen/golden/" + c.Name + "/api",
		Overrides: true,
	})
	if err != nil {
		var faults *diag.Error
		require.ErrorAs(t, err, &faults, "the generator failed without findings")
		assert.Empty(t, out, "files beside findings")
		return nil, err.Error() + "\n"
	}
	files = goldentest.Set{}
	var warnings strings.Builder
	for _, w := range out.Warnings {
		warnings.WriteString(w.String() + "\n")
	}
	for _, f := range out.Files {
		if _, dup := files[f.Name]; dup {
			t.Fatalf("two files are called %s", f.Name)
		}
		files[f.Name] = f.Content
	}
	return files, warnings.String()
}

// folder returns the files of a case.
func folder(t *testing.T, c goldentest.Case) fs.FS {
	t.Helper()
	dir, err := os.OpenRoot(filepath.Join(root, filepath.FromSlash(path.Dir(c.Spec))))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, dir.Close()) })
	return dir.FS()
}

// stored returns the part of a case's outcome that is kept as golden files: of
// the files of the whole package, which are alike for most specs, only those that
// differ from the ones of the case [goldentest.Plain].
func stored(t *testing.T, c goldentest.Case, files goldentest.Set, findings string) goldentest.Set {
	t.Helper()
	out := goldentest.Set{}
	if findings != "" {
		out[goldentest.DiagFile] = []byte(findings)
	}
	for name, content := range files {
		if folder, _ := path.Split(name); folder == folderOf(c) {
			out[name+goldentest.Suffix] = withoutProvenance(content)
		}
	}
	if c.Name == goldentest.Plain {
		return out
	}
	return out.Without(plain(t))
}

// plain returns the files of the whole package of the case [goldentest.Plain], as
// they are generated now.
func plain(t *testing.T) goldentest.Set {
	t.Helper()
	files, _ := generate(t, goldentest.Case{Name: goldentest.Plain, Spec: "testdata/cases/" + goldentest.Plain + "/spec.yaml"})
	out := goldentest.Set{}
	for _, name := range []string{"client_gen.go", "doc_gen.go"} {
		out[name+goldentest.Suffix] = withoutProvenance(files[name])
	}
	return out
}

var provenanceLine = regexp.MustCompile(`(?m)^//ackgen:.*\n`)

// withoutProvenance takes out what differs for every spec, and for every change of one.
func withoutProvenance(content []byte) []byte { return provenanceLine.ReplaceAll(content, nil) }

func cases(t *testing.T) []goldentest.Case {
	t.Helper()
	out, err := goldentest.Cases(root)
	require.NoError(t, err)
	return out
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(root, "golden", c.Name)
			files, findings := generate(t, c)
			for range 2 { // maps of the loader are in another order every time
				again, findingsAgain := generate(t, c)
				require.Empty(t, goldentest.Diff(again, files), "a second run makes other files")
				require.Equal(t, findings, findingsAgain, "a second run has other findings")
			}
			require.Equal(t, c.MustPass(), len(files) > 0, "the folder says whether a spec is sound\n%s", findings)
			got := stored(t, c, files, findings)
			if *update {
				changed, err := goldentest.Update(dir, got)
				require.NoError(t, err)
				require.Empty(t, changed, "updated; review the change and run again without -update")
			}
			want, err := goldentest.Read(dir)
			require.NoError(t, err)
			if diff := goldentest.Diff(got, want); diff != "" {
				t.Errorf("run with -update if this is right:\n%s", diff)
			}
		})
	}
}

func TestGoldenFoldersHaveCases(t *testing.T) {
	t.Parallel()
	stale, err := goldentest.Stale(root, cases(t), "ackfake", "codegen", "docs", "release", "specgen", "story", "upstream")
	require.NoError(t, err)
	if *update {
		for _, name := range stale {
			require.NoError(t, os.RemoveAll(filepath.Join(root, "golden", name)))
		}
	}
	assert.Empty(t, stale, "golden folders without a case; -update removes them")
}

func TestUpdateNeverPasses(t *testing.T) {
	t.Parallel()
	assert.False(t, *update, "updated; run again without -update")
}

// TestGoldenCompile builds the client, the mocks and the overrides of every case that
// passes, against the real runtime.
func TestGoldenCompile(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	all := goldentest.Set{}
	t.Run("generate", func(t *testing.T) {
		for _, c := range cases(t) {
			t.Run(c.Name, func(t *testing.T) {
				t.Parallel()
				files, _ := generate(t, c)
				mu.Lock()
				defer mu.Unlock()
				for name, content := range files {
					all["golden/"+c.Name+"/api/"+name] = content
				}
			})
		}
	})
	require.NotEmpty(t, all)
	require.NoError(t, goldentest.Compile(t.Context(), root, t.TempDir(), all))
}
