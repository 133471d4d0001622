// Package goldentest compares what the generator makes of small specs with
// files that were reviewed.
//
// A case is a folder testdata/cases/<feature> with one spec. Its expected
// outcome lies in golden/<feature>: either generated files, with [Suffix] added
// so that the go command leaves them alone, or one [DiagFile] with the findings
// that the spec must cause. The whole folder counts: a file too many is as wrong
// as one that differs.
//
// It imports the standard library and a diff package only, so that it can be
// used for every stage.
package goldentest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Suffix is added to the names of golden files.
const Suffix = ".golden"

// DiagFile holds the findings of a case that must fail.
const DiagFile = "diag.txt"

// Case is a folder with one spec.
type Case struct {
	Name string // the feature, which is also the name of the golden folder
	Spec string // path of the spec below the root, with slashes
}

// Cases returns the cases below root, sorted by name. A folder without exactly
// one spec, called spec.yaml or spec.json, is an error.
func Cases(root string) ([]Case, error) {
	specs, err := fs.Glob(os.DirFS(root), "testdata/cases/*/*")
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	folders, err := folders(filepath.Join(root, "testdata", "cases"))
	if err != nil {
		return nil, err
	}
	var out []Case
	for _, name := range folders {
		prefix := "testdata/cases/" + name + "/"
		mine := slices.DeleteFunc(slices.Clone(specs), func(s string) bool { return !strings.HasPrefix(s, prefix) })
		if len(mine) != 1 || mine[0] != prefix+"spec.yaml" && mine[0] != prefix+"spec.json" {
			return nil, fmt.Errorf("list cases: %s must hold one file, spec.yaml or spec.json, and holds %q", prefix, mine)
		}
		out = append(out, Case{Name: name, Spec: mine[0]})
	}
	return out, nil
}

// Stale returns the golden folders below root that belong to no case. Other
// names the folders that other tests own.
func Stale(root string, cases []Case, other ...string) ([]string, error) {
	found, err := folders(filepath.Join(root, "golden"))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(name string) bool {
		return slices.Contains(other, name) || slices.ContainsFunc(cases, func(c Case) bool { return c.Name == name })
	}), nil
}

func folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list folders: %w", err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// Set is a set of files: content by slash-separated name.
type Set map[string][]byte

// Read returns all files of a folder. A folder that does not exist is empty.
func Read(dir string) (Set, error) {
	out := Set{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(path)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read golden files: %w", err)
	}
	return out, nil
}

// Diff tells in what got differs from the golden files want: files that are
// missing, files that are too many, and a unified diff of the others. It returns
// "" when the sets are equal.
func Diff(got, want Set) string {
	var b strings.Builder
	for _, name := range names(got, want) {
		g, inGot := got[name]
		w, inWant := want[name]
		switch {
		case !inWant:
			fmt.Fprintf(&b, "no golden file for %s\n", name)
		case !inGot:
			fmt.Fprintf(&b, "golden file without counterpart: %s\n", name)
		case !bytes.Equal(g, w):
			b.Write(diff.Diff("golden/"+name, w, "generated/"+name, g))
		}
	}
	return b.String()
}

// Update makes dir hold exactly the files of got and returns the names of the
// files that it wrote or removed.
func Update(dir string, got Set) ([]string, error) {
	old, err := Read(dir)
	if err != nil {
		return nil, err
	}
	var changed []string
	for _, name := range names(got, old) {
		content, keep := got[name]
		before, existed := old[name]
		path := filepath.Join(dir, filepath.FromSlash(name))
		switch {
		case keep && existed && bytes.Equal(content, before):
			continue
		case keep:
			err = write(path, content)
		default:
			err = os.Remove(path)
		}
		if err != nil {
			return changed, fmt.Errorf("update golden files: %w", err)
		}
		changed = append(changed, name)
	}
	return changed, nil
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

func names(a, b Set) []string {
	all := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(all)
	return slices.Compact(all)
}
