// Package goldentest compares what the generator makes of small specs with
// files that were reviewed.
//
// A case is a folder with one spec, and files that it refers to. The generator must turn the spec of
// testdata/cases/ok/<feature> into the files of golden/ok/<feature>. [Suffix] ends
// their names so that the go command ignores them. The spec of
// testdata/cases/err/<feature> must cause the findings in the [DiagFile] of
// golden/err/<feature>. A golden folder must hold no other files. A file that is the
// same in every case is kept once, in the folder of the case [Plain].
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
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Suffix is added to the names of golden files.
const Suffix = ".golden"

// DiagFile holds the findings of a case that must fail.
const DiagFile = "diag.txt"

// Plain is the case whose files stand for those of the same content in all
// others.
const Plain = "ok/plain"

// Case is a folder with one spec.
type Case struct {
	Name string // such as "ok/<feature>", the path of the case and of its golden folder
	Spec string // path of the spec below the root, with slashes
}

// MustPass reports whether the spec of the case is sound.
func (c Case) MustPass() bool { return path.Dir(c.Name) == "ok" }

// Feature returns the name of the case without its kind.
func (c Case) Feature() string { return path.Base(c.Name) }

// kinds are the folders of the cases.
var kinds = []string{"err", "ok"}

// Cases returns the cases below root, sorted by name. A folder without exactly
// one spec, called spec.yaml or spec.json, is an error, and so is a folder that is
// neither err nor ok. Other files in it are for the spec.
func Cases(root string) ([]Case, error) {
	specs, err := fs.Glob(os.DirFS(root), "testdata/cases/*/*/spec.*")
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	folders, err := caseFolders(filepath.Join(root, "testdata", "cases"))
	if err != nil {
		return nil, err
	}
	var out []Case
	for _, name := range folders {
		prefix := "testdata/cases/" + name + "/"
		mine := slices.DeleteFunc(slices.Clone(specs), func(s string) bool { return !strings.HasPrefix(s, prefix) })
		if len(mine) != 1 || mine[0] != prefix+"spec.yaml" && mine[0] != prefix+"spec.json" {
			return nil, fmt.Errorf("list cases: %s must hold one spec, spec.yaml or spec.json, and holds %q", prefix, mine)
		}
		out = append(out, Case{Name: name, Spec: mine[0]})
	}
	return out, nil
}

// Stale returns the golden folders below root that belong to no case. Other
// names the folders that other tests own.
func Stale(root string, cases []Case, other ...string) ([]string, error) {
	found, err := caseFolders(filepath.Join(root, "golden"), other...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(name string) bool {
		return slices.ContainsFunc(cases, func(c Case) bool { return c.Name == name })
	}), nil
}

// caseFolders returns the folders of all kinds below dir, such as "ok/<feature>".
func caseFolders(dir string, other ...string) ([]string, error) {
	found, err := folders(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, kind := range found {
		switch {
		case slices.Contains(other, kind):
			continue
		case !slices.Contains(kinds, kind):
			return nil, fmt.Errorf("list folders: %s holds %q, which is none of %q", dir, kind, kinds)
		}
		features, err := folders(filepath.Join(dir, kind))
		if err != nil {
			return nil, err
		}
		for _, feature := range features {
			out = append(out, kind+"/"+feature)
		}
	}
	return out, nil
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
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(file)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read golden files: %w", err)
	}
	return out, nil
}

// Without returns the files of s that are not the same in other.
func (s Set) Without(other Set) Set {
	out := maps.Clone(s)
	maps.DeleteFunc(out, func(name string, content []byte) bool {
		same, ok := other[name]
		return ok && bytes.Equal(same, content)
	})
	return out
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
		file := filepath.Join(dir, filepath.FromSlash(name))
		switch {
		case keep && existed && bytes.Equal(content, before):
			continue
		case keep:
			err = write(file, content)
		default:
			err = os.Remove(file)
		}
		if err != nil {
			return changed, fmt.Errorf("update golden files: %w", err)
		}
		changed = append(changed, name)
	}
	return changed, nil
}

func write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o600)
}

func names(a, b Set) []string {
	all := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(all)
	return slices.Compact(all)
}
