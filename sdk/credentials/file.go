package credentials

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxFile bounds what is read of a file. Configurations of many profiles take up some
// hundred KiB.
const maxFile = 1 << 20

// readFile reads a regular file, or what a link to one leads to, as tokens of Kubernetes
// have them. A pipe can be without a writer, and devices can be endless; only the null device
// is an empty file, since it is how programs are told to read none.
func readFile(path string) ([]byte, error) {
	if path == os.DevNull {
		return nil, nil
	}
	file, err := os.OpenFile(path, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, ofFile(guessed(path), err)
	}
	defer func() { _ = file.Close() }()
	// Of what was opened, as the name may lead elsewhere by now.
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, &fileError{path, errors.New("it is not a regular file")}
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(data) > maxFile {
		return nil, &fileError{path, errors.New("it is larger than 1 MiB")}
	}
	return data, ofFile(path, err)
}

// guessed returns for errors a path where nothing was opened. It may be none: variables are given tokens, keys
// and texts of files by mistake, none of which begins as paths from the root, from this folder or from home do.
func guessed(path string) string {
	if filepath.IsAbs(path) || strings.HasPrefix(path, ".") || strings.HasPrefix(path, "~") {
		return shown(path)
	}
	return "(a path that is not shown: it begins with neither / nor ., and may be a secret)"
}

// ofFile leaves the path out of an error of package os, which has it as it is.
func ofFile(path string, err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return &fileError{path, failed.Err}
	}
	return err
}
