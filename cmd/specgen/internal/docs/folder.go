package docs

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Mark is the file that says that a folder is a site of ours, and lists its files. A folder
// without it, or with other files, is not replaced.
const Mark = ".specgen-docs"

// ForeignError tells of a folder that holds something else than a site.
type ForeignError struct {
	Dir  string
	File string // a file of a site that specgen docs did not write; "" when the folder is no site
}

// Error implements error.
func (e *ForeignError) Error() string {
	if e.File != "" {
		return "the folder " + filepath.ToSlash(e.Dir) + " holds a site and a file of somebody else: " + e.File + ". Choose another folder, or take the file out of it"
	}
	return "the folder " + filepath.ToSlash(e.Dir) + " holds something else than a site: there is no file " + Mark + " in it. Choose another folder, or empty it"
}

// Write makes a folder hold exactly some files, by their paths with slashes. The files are
// written beside it and take its place when they are complete. The error is a
// [*ForeignError] when the folder is neither empty nor a site.
func Write(dir string, files map[string][]byte) (err error) {
	if dir, err = resolve(dir); err != nil {
		return fmt.Errorf("find the folder of the site: %w", err)
	}
	if err := check(dir); err != nil {
		return err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o750); err != nil {
		return fmt.Errorf("write the site: %w", err)
	}
	temp, err := os.MkdirTemp(parent, ".specgen-docs-*")
	if err != nil {
		return fmt.Errorf("write the site: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	fresh, old := filepath.Join(temp, "new"), filepath.Join(temp, "old")
	if err := fill(fresh, files); err != nil {
		return fmt.Errorf("write the site: %w", err)
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("replace the site: %w", err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return fmt.Errorf("replace the site: %w", errors.Join(err, ignoreMissing(os.Rename(old, dir))))
	}
	return nil
}

// resolve returns the folder that a path leads to, without links: replacing a link would
// leave its folder as it is.
func resolve(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return dir, nil
	}
	return filepath.EvalSymlinks(dir)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// check refuses a folder that holds something else.
func check(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("read the folder of the site: %w", err)
	case len(entries) == 0:
		return nil
	}
	mark, err := os.ReadFile(filepath.Join(dir, Mark))
	if err != nil {
		return &ForeignError{Dir: dir}
	}
	own := strings.Split(string(mark), "\n")
	return filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		if name = filepath.ToSlash(name); name != Mark && !slices.Contains(own, name) {
			return &ForeignError{dir, name}
		}
		return nil
	})
}

// fill creates a folder with files and the mark.
func fill(dir string, files map[string][]byte) error {
	made := map[string]bool{}
	write := func(name string, data []byte) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if parent := filepath.Dir(path); !made[parent] {
			if err := os.MkdirAll(parent, 0o755); err != nil { //nolint:gosec // a web server may run as another user
				return err
			}
			made[parent] = true
		}
		return os.WriteFile(path, data, 0o644) //nolint:gosec // as above
	}
	for name, data := range files {
		if err := write(name, data); err != nil {
			return err
		}
	}
	list := "specgen docs wrote this folder, and replaces it as a whole. Its files:\n"
	return write(Mark, []byte(list+strings.Join(slices.Sorted(maps.Keys(files)), "\n")+"\n"))
}
