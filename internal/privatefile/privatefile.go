// Package privatefile writes files that hold secrets. It imports only the
// standard library.
package privatefile

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const ownerOnly = 0o600

// Write replaces a file in one step. Only its owner can read the new one. It is
// complete or not there: it is written under another name and renamed.
func Write(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err = fill(f, data); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// fill writes a file to the disk and closes it.
func fill(f *os.File, data []byte) error {
	err := f.Chmod(ownerOnly)
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// RemoveLeftovers removes the files that calls of [Write] for this path left behind when
// their program was killed. Nobody may be writing.
func RemoveLeftovers(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, e := range entries {
		number, ok := strings.CutPrefix(e.Name(), "."+filepath.Base(path)+"-")
		if _, err := strconv.ParseUint(number, 10, 64); !ok || err != nil {
			continue
		}
		if err := os.Remove(filepath.Join(filepath.Dir(path), e.Name())); err != nil {
			return err
		}
	}
	return nil
}
