package kubeconfig

import (
	"errors"
	"os"
	"path/filepath"
)

const ownerOnly = 0o600

// writeFile replaces a file in one step.
func writeFile(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".kubeconfig-*")
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
