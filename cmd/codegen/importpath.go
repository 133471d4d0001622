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
	"golang.org/x/mod/module"
)

// importPathOf returns the import path of a folder, given by its absolute path, from
// the go.mod of the module it lies in. The folder need not exist.
func importPathOf(abs string) (string, error) {
	for root := abs; ; root = filepath.Dir(root) {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			name := modfile.ModulePath(data)
			if name == "" {
				return "", fmt.Errorf("%s does not name a module", filepath.Join(root, "go.mod"))
			}
			rel, err := filepath.Rel(root, abs)
			if err != nil {
				return "", fmt.Errorf("resolve the output folder: %w", err)
			}
			importPath := path.Join(name, filepath.ToSlash(rel))
			if err := module.CheckImportPath(importPath); err != nil {
				return "", fmt.Errorf("%s cannot be imported: %w; choose another folder", abs, err)
			}
			return importPath, nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return "", fmt.Errorf("find the module of the output folder: %w", err)
		case root == filepath.Dir(root):
			return "", fmt.Errorf("%s is not in a Go module: run go mod init first", abs)
		}
	}
}
