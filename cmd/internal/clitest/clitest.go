// Package clitest runs a command line tool on cases and compares what it
// prints and writes with golden files.
//
// It is for tests only. It imports testify, txtar, a diff package and cmd/internal/cli.
package clitest

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/cli"
)

// Suite is a folder of cases, <group>/<case>.txtar, and one of their golden
// files. The head of a case says what to do, one word and its value per line:
//
//	args:    the command line; {DIR} is the folder of the case
//	exit:    the expected exit code, 0 when left out
//	copy:    a folder and the one that it is copied to before the case changes it
//	first:   a command line to run before, which must succeed
//	writes:  the one file that may change
//	creates: a folder below which files may appear; one golden holds them all
//	changes: a folder below which anything may change, and is not compared
//	edits:   a folder below which anything may change; one golden holds the difference
//
// Its files change the files of the suite: a whole file, a piece (`old`, a line
// `=>`, `new`), or with the prefixes `delete:` and `folder:` what these say. Those
// with the prefix `after/` do so between the two command lines.
type Suite struct {
	Cases, Golden string // folders
	// Files are what the folder of every case holds first, by path.
	Files map[string][]byte
	// Run carries out a command line and returns the exit code.
	Run func(args []string, stdin io.Reader, stdout, stderr io.Writer) int
	// Version is the version that outputs name, for which goldens have VERSION. It may
	// be empty.
	Version string
	// Update rewrites the golden files; the test fails all the same.
	Update bool
}

// Test runs every case.
func (s Suite) Test(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.Cases, "*", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	cases := map[string]string{}
	for _, f := range files {
		cases[strings.TrimSuffix(below(t, s.Cases, f), ".txtar")] = f
	}
	for _, f := range s.staleGoldens(t, cases) {
		t.Errorf("golden %s belongs to no case", f)
		if s.Update {
			require.NoError(t, os.Remove(f))
		}
	}
	for name, f := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s.runCase(t, f, name)
		})
	}
}

// below returns the slash path of a file below a folder.
func below(t *testing.T, dir, file string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, file)
	require.NoError(t, err)
	return filepath.ToSlash(rel)
}

// script is the head of a case.
type script map[string]string

func parseScript(t *testing.T, head string) script {
	t.Helper()
	s := script{}
	for line := range strings.SplitSeq(strings.TrimSpace(head), "\n") {
		word, value, ok := strings.Cut(line, ":")
		require.True(t, ok && slices.Contains([]string{"args", "exit", "copy", "first", "writes", "creates", "changes", "edits"}, word), "bad line %q", line)
		s[word] = strings.TrimSpace(value)
	}
	return s
}

func (s script) words(key, dir string) []string {
	return strings.Fields(strings.ReplaceAll(s[key], "{DIR}", dir))
}

func (s Suite) runCase(t *testing.T, file, name string) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	require.NoError(t, err)
	head := parseScript(t, string(a.Comment))
	dir := t.TempDir()
	for name, data := range s.Files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	if from, to, ok := strings.Cut(head["copy"], " "); ok {
		require.NoError(t, os.CopyFS(filepath.Join(dir, to), os.DirFS(filepath.Join(dir, from))))
	}
	applyFiles(t, dir, a.Files, "")
	if head["first"] != "" {
		code, _, stderr := s.run(head.words("first", dir))
		require.Zero(t, code, stderr)
		applyFiles(t, dir, a.Files, "after/")
	}
	before := snapshot(t, dir)
	code, stdout, stderr := s.run(head.words("args", dir))

	want := 0
	if head["exit"] != "" {
		want, err = strconv.Atoi(head["exit"])
		require.NoError(t, err)
	}
	assert.Equal(t, want, code, stderr)
	after := snapshot(t, dir)
	if w := head["writes"]; w != "" {
		assert.NotEqual(t, before[w], after[w], "%s was not written", w)
		s.compare(t, name+"."+filepath.Base(w), after[w], dir)
		delete(before, w)
		delete(after, w)
	}
	if c := head["creates"]; c != "" {
		created := takeCreated(before, after, c+"/")
		assert.NotEmpty(t, created.Files, "no file appeared below %s", c)
		s.compare(t, name+".created", string(txtar.Format(&created)), dir)
	}
	if c := head["edits"]; c != "" {
		s.compare(t, name+".diff", difference(before, after, c+"/"), dir)
	}
	if c := cmp.Or(head["changes"], head["edits"]); c != "" {
		inside := func(file, _ string) bool { return strings.HasPrefix(file, c+"/") }
		maps.DeleteFunc(before, inside)
		maps.DeleteFunc(after, inside)
	}
	assert.Equal(t, before, after, "files changed")
	s.compare(t, name+".stdout", stdout, dir)
	s.compare(t, name+".stderr", stderr, dir)
}

// difference returns how the files below a folder differ, by name.
func difference(before, after map[string]string, folder string) string {
	names := map[string]bool{}
	for _, side := range []map[string]string{before, after} {
		for name := range side {
			names[name] = strings.HasPrefix(name, folder) && !strings.HasSuffix(name, "/")
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if names[name] {
			b.Write(diff.Diff("a/"+name, []byte(before[name]), "b/"+name, []byte(after[name])))
		}
	}
	return b.String()
}

// takeCreated moves what is new below a folder out of a snapshot.
func takeCreated(before, after map[string]string, folder string) txtar.Archive {
	var created txtar.Archive
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if _, old := before[name]; old || !strings.HasPrefix(name, folder) {
			continue
		}
		if !strings.HasSuffix(name, "/") {
			created.Files = append(created.Files, txtar.File{Name: name, Data: []byte(after[name])})
		}
		delete(after, name)
	}
	return created
}

func (s Suite) run(args []string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = s.Run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// applyFiles applies the changes whose names have the prefix; without prefix
// those that have none.
func applyFiles(t *testing.T, dir string, files []txtar.File, prefix string) {
	t.Helper()
	for _, f := range files {
		name, found := strings.CutPrefix(f.Name, "after/")
		if found != (prefix != "") {
			continue
		}
		if rest, ok := strings.CutPrefix(name, "delete:"); ok {
			require.NoError(t, os.RemoveAll(filepath.Join(dir, filepath.FromSlash(rest))))
			continue
		}
		if rest, ok := strings.CutPrefix(name, "folder:"); ok {
			require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.FromSlash(rest)), 0o750))
			continue
		}
		target := filepath.Join(dir, filepath.FromSlash(name))
		old, text, isEdit := strings.Cut(string(f.Data), "\n=>\n")
		if !isEdit {
			// Escapes stand for bytes that no text file should hold.
			writeFile(t, target, bytes.ReplaceAll(f.Data, []byte(`\xff`), []byte{0xff}))
			continue
		}
		data, err := os.ReadFile(target)
		require.NoError(t, err)
		require.Equal(t, 1, strings.Count(string(data), old), "%s must hold once: %s", name, old)
		writeFile(t, target, []byte(strings.Replace(string(data), old, strings.TrimSuffix(text, "\n"), 1)))
	}
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
	require.NoError(t, os.WriteFile(path, data, 0o600))
}

// snapshot reads all files below a folder; folders end with a slash.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := below(t, dir, p)
		if d.IsDir() {
			out[rel+"/"] = ""
			return nil
		}
		data, err := os.ReadFile(p)
		out[rel] = string(data)
		return err
	}))
	return out
}

var tempName = regexp.MustCompile(`\.ackgen-[0-9]+`)

// compare checks a text against its golden; an empty text has none.
func (s Suite) compare(t *testing.T, name, got, dir string) {
	t.Helper()
	got = strings.ReplaceAll(got, filepath.ToSlash(dir)+"/", "")
	got = strings.ReplaceAll(got, cli.Version(), "VERSION")
	if s.Version != "" {
		got = strings.ReplaceAll(got, s.Version, "VERSION")
	}
	got = tempName.ReplaceAllString(got, ".ackgen-0")
	file := filepath.Join(s.Golden, filepath.FromSlash(name))
	want, err := os.ReadFile(file)
	if err != nil {
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
	if string(want) == got {
		return
	}
	if !s.Update {
		t.Errorf("%s differs:\n%s", name, diff.Diff("want", want, "got", []byte(got)))
		return
	}
	if got == "" {
		require.NoError(t, os.Remove(file))
	} else {
		writeFile(t, file, []byte(got))
	}
	t.Errorf("%s updated; look at the difference and run again without -update", name)
}

// staleGoldens lists goldens that belong to no case.
func (s Suite) staleGoldens(t *testing.T, cases map[string]string) []string {
	t.Helper()
	var stale []string
	err := filepath.WalkDir(s.Golden, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel := below(t, s.Golden, p)
		name, _, _ := strings.Cut(rel, ".")
		if cases[name] == "" {
			stale = append(stale, p)
		}
		return nil
	})
	if !s.Update {
		require.NoError(t, err)
	}
	return stale
}
