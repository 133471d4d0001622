package fuzz

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Target is a function for go test -fuzz.
type Target struct {
	Package string // its import path
	Name    string
	Dir     string // the folder of the package
}

// Targets returns the fuzz targets of all modules below a folder, by package and in the order of their files.
func Targets(ctx context.Context, goCommand, root string) ([]Target, error) {
	modules, err := Modules(root)
	if err != nil {
		return nil, err
	}
	var targets []Target
	for _, module := range modules {
		more, err := targetsOf(ctx, goCommand, module)
		if err != nil {
			return nil, err
		}
		targets = append(targets, more...)
	}
	return targets, nil
}

// Modules returns the folders of modules at and below a folder, in order. It does not look where the go command does not look either.
func Modules(root string) ([]string, error) {
	var modules []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		switch {
		case entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "node_modules"):
			return fs.SkipDir
		case name == "go.mod" && !entry.IsDir():
			modules = append(modules, filepath.Dir(path))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find modules: %w", err)
	}
	slices.Sort(modules)
	return modules, nil
}

// listed is what the go command says of a package.
type listed struct {
	ImportPath, Dir           string
	TestGoFiles, XTestGoFiles []string
}

// targetsOf reads the test files that the go command would compile: compiling the tests of all packages to list what is in them takes minutes.
func targetsOf(ctx context.Context, goCommand, module string) ([]Target, error) {
	command := exec.CommandContext(ctx, goCommand, "list", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles", "./...")
	command.Dir = module
	output, err := command.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return nil, fmt.Errorf("list packages of %s: %w: %s", module, err, exit.Stderr)
		}
		return nil, fmt.Errorf("list packages of %s: %w", module, err)
	}
	var targets []Target
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	for {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return targets, nil
		} else if err != nil {
			return nil, fmt.Errorf("list packages of %s: %w", module, err)
		}
		for _, file := range slices.Concat(p.TestGoFiles, p.XTestGoFiles) {
			names, err := targetsIn(filepath.Join(p.Dir, file))
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				targets = append(targets, Target{Package: p.ImportPath, Name: name, Dir: p.Dir})
			}
		}
	}
}

// targetsIn returns the names of the fuzz targets in a file: as go test does, it goes by the name.
func targetsIn(file string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("find fuzz targets: %w", err)
	}
	var names []string
	for _, declaration := range parsed.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil && strings.HasPrefix(function.Name.Name, "Fuzz") {
			names = append(names, function.Name.Name)
		}
	}
	return names, nil
}
