package docs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Mark is the file that says that a folder is a site of ours. A folder without it is not
// replaced.
const Mark = ".specgen-docs"

// ForeignError tells of a folder that holds something else than a site.
type ForeignError struct{ Dir string }

// Error implements error.
func (e *ForeignError) Error() string {
	return "the folder " + filepath.ToSlash(e.Dir) + " holds something else than a site: there is no file " + Mark + " in it. Choose another folder, or empty it"
}

// Write makes a folder hold exactly some files, by their paths with slashes. The files are
// written beside it and take its place when they are complete. The error is a
// [*ForeignError] when the folder is neither empty nor a site.
func Write(dir string, files map[string][]byte) (err error) {
	dir = filepath.Clean(dir)
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
	if _, err := os.Stat(filepath.Join(dir, Mark)); err != nil {
		return &ForeignError{dir}
	}
	return nil
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
	return write(Mark, []byte("specgen docs wrote this folder, and replaces it as a whole.\n"))
}
