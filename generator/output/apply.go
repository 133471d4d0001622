package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Apply carries the plan out, all of it or nothing; see the function [Apply].
func (p *Plan) Apply() error { return Apply(p) }

// Apply carries plans out, all of them or none: every new content is first
// written to a temporary file, then all are renamed, and when a step fails, the
// steps before it are undone. A run that is killed leaves temporary files, which
// the next Apply removes. Two runs must not write to one folder at a time, and no
// two plans may be about one file.
func Apply(plans ...*Plan) (err error) {
	for _, p := range plans {
		if err := p.clear(); err != nil {
			return err
		}
	}
	var done steps
	defer func() {
		if err != nil {
			err = errors.Join(err, done.undo())
		}
	}()
	temps := make([][]string, len(plans))
	for i, p := range plans {
		if temps[i], err = done.prepare(p); err != nil {
			return err
		}
	}
	for i, p := range plans {
		for j, c := range p.changes {
			if err := done.replace(p.path(c), temps[i][j], c.before); err != nil {
				return fmt.Errorf("write %s: %w", p.path(c), err)
			}
		}
	}
	return nil
}

// prepare writes the new contents of a plan to temporary files, and returns their
// paths, of which that of a file to remove is empty.
func (s *steps) prepare(p *Plan) (temps []string, err error) {
	temps = make([]string, len(p.changes))
	for i, c := range p.changes {
		if c.after == nil {
			continue
		}
		if temps[i], err = s.write(filepath.Dir(p.path(c)), c.after); err != nil {
			return nil, fmt.Errorf("write %s: %w", p.path(c), err)
		}
	}
	return temps, nil
}

// steps undo what was done so far, the last step first.
type steps []func() error

func (s steps) undo() error {
	var errs []error
	for _, step := range slices.Backward(s) {
		errs = append(errs, step())
	}
	return errors.Join(errs...)
}

// write writes content to a temporary file in a folder, which it makes if needed,
// and returns the path.
func (s *steps) write(dir string, content []byte) (string, error) {
	if err := s.mkdir(dir); err != nil {
		return "", err
	}
	temp, err := writeTemp(dir, content)
	if err != nil {
		return "", err
	}
	*s = append(*s, func() error {
		if err := os.Remove(temp); !errors.Is(err, fs.ErrNotExist) { // a rename took it
			return err
		}
		return nil
	})
	return temp, nil
}

// mkdir makes a folder and those above it.
func (s *steps) mkdir(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.mkdir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o750); err != nil {
		return err
	}
	*s = append(*s, func() error { return os.Remove(dir) })
	return nil
}

// replace puts the temporary file in the place of a path, or removes the path when
// there is none. Before is what the path held.
func (s *steps) replace(path, temp string, before []byte) error {
	var err error
	if temp == "" {
		err = os.Remove(path)
	} else {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return err
	}
	*s = append(*s, func() error { return restore(path, before) })
	return nil
}

func restore(path string, content []byte) error {
	if content == nil {
		return os.Remove(path)
	}
	temp, err := writeTemp(filepath.Dir(path), content)
	if err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// writeTemp returns the path of a new temporary file that holds the content. When
// it fails, it leaves none.
func writeTemp(dir string, content []byte) (name string, err error) {
	f, err := os.CreateTemp(dir, ".ackgen-*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := f.Chmod(0o644); err != nil {
		return "", err
	}
	_, err = f.Write(content)
	return f.Name(), err
}

var tempName = regexp.MustCompile(`^\.ackgen-[0-9]+$`)

// clear removes the temporary files that a killed run left. They have our names and
// begin like files of ours, as far as they were written.
func (p *Plan) clear() error {
	for _, folder := range p.folders {
		dir := filepath.Join(p.dir, folder)
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("read the output folder: %w", err)
		}
		for _, e := range entries {
			if !e.Type().IsRegular() || !tempName.MatchString(e.Name()) {
				continue
			}
			path := filepath.Join(dir, e.Name())
			content, err := os.ReadFile(path)
			if err != nil {
				return fmt.Errorf("read the output folder: %w", err)
			}
			if !bytes.HasPrefix(content, []byte(p.mark)) && !strings.HasPrefix(p.mark, string(content)) {
				continue
			}
			if err := os.Remove(path); err != nil {
				return fmt.Errorf("remove what an earlier run left: %w", err)
			}
		}
	}
	return nil
}
