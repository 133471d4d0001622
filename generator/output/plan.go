package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Plan is what has to change in a folder so that it holds exactly the generated
// files. Making a plan changes nothing.
type Plan struct {
	dir     string
	folders []string // below dir, those that the files lie in
	mark    string   // starts every file of ours
	changes []change
}

// change is a file with its content before and after. Content is nil where the
// file does not exist.
type change struct {
	name          string
	before, after []byte
}

// What happens to a file.
const (
	Created = "created"
	Updated = "updated"
	Removed = "removed"
)

// Change is what happens to a file when a plan is carried out.
type Change struct {
	// Verb is [Created], [Updated] or [Removed], or empty where nothing happens.
	Verb string `json:"change,omitempty"`
	// File is the path, with slashes.
	File string `json:"file"`
}

// NewPlan compares files with what dir holds. Folders that do not exist count as
// empty. Only files with the line of [Mark] are replaced or removed. The error is
// a [*ObstacleError] when something else has the name of one of the files, or
// when the folders hold Go files, other than tests, that a person wrote. Out of the
// folders that are given up, files of ours are removed, and others do not matter.
func NewPlan(dir string, files []File, givenUp ...string) (*Plan, error) {
	p := &Plan{dir: dir, mark: Mark}
	wanted := map[string][]byte{}
	for _, f := range files {
		wanted[f.Name] = f.Content
		if folder := filepath.Dir(filepath.FromSlash(f.Name)); !slices.Contains(p.folders, folder) {
			p.folders = append(p.folders, folder)
		}
	}
	var obstacles []Obstacle
	for _, folder := range p.folders {
		found, err := readFolder(dir, folder)
		if err != nil {
			return nil, err
		}
		for _, e := range found {
			after, ok := wanted[e.name]
			delete(wanted, e.name)
			why := e.obstacle(ok)
			switch {
			case why != "":
				obstacles = append(obstacles, Obstacle{filepath.Join(dir, filepath.FromSlash(e.name)), why})
			case !e.ours():
			case ok && !bytes.Equal(UnixLines(e.content), after):
				p.changes = append(p.changes, change{e.name, e.content, after})
			case !ok && strings.HasSuffix(e.name, Suffix):
				p.changes = append(p.changes, change{e.name, e.content, nil})
			}
		}
	}
	if len(obstacles) > 0 {
		return nil, &ObstacleError{obstacles}
	}
	for name, after := range wanted {
		p.changes = append(p.changes, change{name, nil, after})
	}
	for _, folder := range givenUp {
		if err := p.giveUp(folder); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(p.changes, func(a, b change) int { return strings.Compare(a.name, b.name) })
	return p, nil
}

// giveUp plans to remove our files from a folder, unless it is one of those that the
// files lie in.
func (p *Plan) giveUp(folder string) error {
	info, err := os.Stat(filepath.Join(p.dir, folder))
	if slices.Contains(p.folders, filepath.Clean(folder)) || err != nil || !info.IsDir() {
		return nil // what is not a folder holds none of our files
	}
	found, err := readFolder(p.dir, folder)
	for _, e := range found {
		if e.ours() && strings.HasSuffix(e.name, Suffix) {
			p.changes = append(p.changes, change{e.name, e.content, nil})
		}
	}
	return err
}

// UnixLines returns a text with line feeds alone: Git may check files out with the
// line ends of Windows, and takes them for the same.
func UnixLines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// PlanFile plans to make one file hold the content, which starts with mark. The
// error is a [*ObstacleError] when there is a file that does not start with it.
func PlanFile(path, mark string, content []byte) (*Plan, error) {
	p := &Plan{dir: filepath.Dir(path), folders: []string{"."}, mark: mark}
	before, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		before = nil
	case err != nil:
		return nil, err
	case !bytes.HasPrefix(before, []byte(mark)):
		return nil, &ObstacleError{[]Obstacle{{path, foreign}}}
	case bytes.Equal(before, content):
		return p, nil
	}
	p.changes = []change{{filepath.Base(path), before, content}}
	return p, nil
}

// PlanNew plans to create files. The error is a [*ObstacleError] when something has
// the name of one of them already.
func PlanNew(dir string, files []File) (*Plan, error) {
	p := &Plan{dir: dir}
	var obstacles []Obstacle
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		_, err := os.Lstat(path)
		switch {
		case err == nil:
			obstacles = append(obstacles, Obstacle{path, existing})
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		}
		p.changes = append(p.changes, change{f.Name, nil, f.Content})
	}
	if len(obstacles) > 0 {
		return nil, &ObstacleError{obstacles}
	}
	return p, nil
}

// Edit is a file whose content was read and is to be another one. Before is nil for a
// file that is to be created.
type Edit struct {
	Name          string // slash-separated and relative to the folder
	Before, After []byte
}

// PlanEdits plans to change files of a person and to create others. The error is a
// [*ObstacleError] when a file has another content than the one that was read, or when
// something has the name of one that is to be created.
func PlanEdits(dir string, edits []Edit) (*Plan, error) {
	p := &Plan{dir: dir}
	var obstacles []Obstacle
	for _, e := range edits {
		path := filepath.Join(dir, filepath.FromSlash(e.Name))
		content, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && e.Before == nil:
		case err != nil:
			return nil, err
		case e.Before == nil:
			obstacles = append(obstacles, Obstacle{path, existing})
		case !bytes.Equal(content, e.Before):
			obstacles = append(obstacles, Obstacle{path, changed})
		case bytes.Equal(e.Before, e.After):
			continue
		}
		p.changes = append(p.changes, change{e.Name, e.Before, e.After})
	}
	if len(obstacles) > 0 {
		return nil, &ObstacleError{obstacles}
	}
	slices.SortFunc(p.changes, func(a, b change) int { return strings.Compare(a.name, b.name) })
	return p, nil
}

// readFolder returns the entries of a folder that are called like a file of a Go
// package, tests aside.
func readFolder(dir, folder string) ([]entry, error) {
	entries, err := os.ReadDir(filepath.Join(dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the output folder: %w", err)
	}
	var out []entry
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") || strings.ContainsAny(e.Name()[:1], "._") {
			continue
		}
		name := filepath.Join(folder, e.Name())
		found := entry{name: filepath.ToSlash(name), mode: e.Type()}
		if found.mode.IsRegular() {
			if found.content, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
				return nil, fmt.Errorf("read the output folder: %w", err)
			}
		}
		out = append(out, found)
	}
	return out, nil
}

// Empty reports whether the folder is up to date.
func (p *Plan) Empty() bool { return len(p.changes) == 0 }

// Diff returns the changes as a unified diff.
func (p *Plan) Diff() string {
	var b strings.Builder
	for _, c := range p.changes {
		path := filepath.ToSlash(p.path(c))
		b.Write(diff.Diff("a/"+path, UnixLines(c.before), "b/"+path, c.after))
	}
	return b.String()
}

// Changes returns what the plan does, by name.
func (p *Plan) Changes() []Change {
	out := make([]Change, len(p.changes))
	for i, c := range p.changes {
		verb := Updated
		switch {
		case c.before == nil:
			verb = Created
		case c.after == nil:
			verb = Removed
		}
		out[i] = Change{Verb: verb, File: filepath.ToSlash(p.path(c))}
	}
	return out
}

func (p *Plan) path(c change) string { return filepath.Join(p.dir, filepath.FromSlash(c.name)) }
