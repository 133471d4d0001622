package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"golang.org/x/mod/modfile"
)

// importPathOf returns the import path of a folder, from the go.mod of the
// module it lies in. The folder need not exist.
func importPathOf(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("resolve --out: %w", err)
	}
	for root := abs; ; root = filepath.Dir(root) {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			module := modfile.ModulePath(data)
			if module == "" {
				return "", fmt.Errorf("%s does not name a module", filepath.Join(root, "go.mod"))
			}
			rel, err := filepath.Rel(root, abs)
			if err != nil {
				return "", fmt.Errorf("resolve --out: %w", err)
			}
			return path.Join(module, filepath.ToSlash(rel)), nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return "", fmt.Errorf("find the module of --out: %w", err)
		case root == filepath.Dir(root):
			return "", fmt.Errorf("%s is not in a Go module: run go mod init first", dir)
		}
	}
}
