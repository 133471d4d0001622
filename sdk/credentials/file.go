package credentials

import (
	"errors"
	"io"
	"os"
)

// maxFile bounds what is read of a file. Configurations of many profiles take up some
// hundred KiB.
const maxFile = 1 << 20

// readFile reads a regular file, or what a link to one leads to, as tokens of Kubernetes
// have them. Opening a pipe would wait for a writer, and devices can be endless.
func readFile(path string) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &fileError{path, errors.New("it is not a regular file")}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(data) > maxFile {
		return nil, &fileError{path, errors.New("it is larger than 1 MiB")}
	}
	return data, err
}
