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
	changes []change
}

// change is a file with its content before and after. Content is nil where the
// file does not exist.
type change struct {
	name          string
	before, after []byte
}

// Change is what happens to a file when a plan is carried out.
type Change struct {
	// Verb is created, updated or removed, or empty where nothing happens.
	Verb string `json:"change,omitempty"`
	// File is the path, with slashes.
	File string `json:"file"`
}

// HandWrittenError tells that the output folder holds Go files that a person
// wrote. The generator neither overwrites them nor mixes with them.
type HandWrittenError struct {
	Files []string // paths
}

// Error names the files, one positioned message each.
func (e *HandWrittenError) Error() string {
	lines := make([]string, len(e.Files))
	for i, f := range e.Files {
		lines[i] = f + ":1:1: error: hand-written file in the output folder: it lacks the header of generated code; move it or choose another --out"
	}
	return strings.Join(lines, "\n")
}

// NewPlan compares files with what dir holds. Folders that do not exist count as
// empty. The error is a [*HandWrittenError] when the folders hold Go files,
// other than tests, without the header of generated code.
func NewPlan(dir string, files []File) (*Plan, error) {
	p := &Plan{dir: dir}
	wanted := map[string][]byte{}
	var folders, handWritten []string
	for _, f := range files {
		wanted[f.Name] = f.Content
		if folder := filepath.Dir(filepath.FromSlash(f.Name)); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	for _, folder := range folders {
		found, err := readFolder(dir, folder)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if !Generated(f.Content) {
				handWritten = append(handWritten, filepath.Join(dir, filepath.FromSlash(f.Name)))
				continue
			}
			after, ok := wanted[f.Name]
			delete(wanted, f.Name)
			switch {
			case ok && !bytes.Equal(f.Content, after):
				p.changes = append(p.changes, change{f.Name, f.Content, after})
			case !ok && strings.HasSuffix(f.Name, Suffix):
				p.changes = append(p.changes, change{f.Name, f.Content, nil})
			}
		}
	}
	if len(handWritten) > 0 {
		return nil, &HandWrittenError{Files: handWritten}
	}
	for name, after := range wanted {
		p.changes = append(p.changes, change{name, nil, after})
	}
	slices.SortFunc(p.changes, func(a, b change) int { return strings.Compare(a.name, b.name) })
	return p, nil
}

// PlanFile plans to make one file hold the content, whatever it holds now.
func PlanFile(path string, content []byte) (*Plan, error) {
	p := &Plan{dir: filepath.Dir(path)}
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil || !bytes.Equal(before, content) {
		p.changes = []change{{filepath.Base(path), before, content}}
	}
	return p, nil
}

// readFolder returns the Go files of a folder, tests aside.
func readFolder(dir, folder string) ([]File, error) {
	entries, err := os.ReadDir(filepath.Join(dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the output folder: %w", err)
	}
	var out []File
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		name := filepath.Join(folder, e.Name())
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("read the output folder: %w", err)
		}
		out = append(out, File{Name: filepath.ToSlash(name), Content: content})
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
		b.Write(diff.Diff("a/"+path, c.before, "b/"+path, c.after))
	}
	return b.String()
}

// Changes returns what the plan does, by name.
func (p *Plan) Changes() []Change {
	out := make([]Change, len(p.changes))
	for i, c := range p.changes {
		verb := "updated"
		switch {
		case c.before == nil:
			verb = "created"
		case c.after == nil:
			verb = "removed"
		}
		out[i] = Change{Verb: verb, File: filepath.ToSlash(p.path(c))}
	}
	return out
}

// Apply carries the plan out. Every new content is first written to a temporary
// file beside its target, and then all are renamed. So a full disk or a missing
// permission changes no file.
func (p *Plan) Apply() (err error) {
	for _, c := range p.changes {
		path := p.path(c)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return fmt.Errorf("write %s: there is a folder of that name", path)
		}
	}
	temps := map[string]string{}
	defer func() {
		for _, tmp := range temps {
			if rmErr := os.Remove(tmp); rmErr != nil && !errors.Is(rmErr, fs.ErrNotExist) {
				err = errors.Join(err, rmErr)
			}
		}
	}()
	for _, c := range p.changes {
		if c.after == nil {
			continue
		}
		path := p.path(c)
		if temps[path], err = writeTemp(path, c.after); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	for _, c := range p.changes {
		path := p.path(c)
		if c.after == nil {
			err = os.Remove(path)
		} else if err = os.Rename(temps[path], path); err == nil {
			delete(temps, path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) path(c change) string { return filepath.Join(p.dir, filepath.FromSlash(c.name)) }

func writeTemp(path string, content []byte) (name string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".ackgen-*")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Chmod(0o644); err != nil {
		return f.Name(), err
	}
	_, err = f.Write(content)
	return f.Name(), err
}
