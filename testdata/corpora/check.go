package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// checker says whether generated code compiles. It checks types like the compiler
// does, but knows the packages that the code imports from their export data, which
// the go command makes once. That takes a fraction of a go build per document.
type checker struct {
	ctx  context.Context
	dir  string // module whose go.mod has what is imported
	fset *token.FileSet

	mu      sync.Mutex
	exports map[string]string // file with the export data, by import path
	shared  types.Importer
}

func newChecker(ctx context.Context, dir string) *checker {
	c := &checker{ctx: ctx, dir: dir, fset: token.NewFileSet(), exports: map[string]string{}}
	c.shared = importer.ForCompiler(c.fset, "gc", c.open)
	return c
}

// Import implements [types.Importer] for several documents at once.
func (c *checker) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shared.Import(path)
}

// open opens the export data of a package. The first package of a kind brings that
// of all that it needs.
func (c *checker) open(path string) (io.ReadCloser, error) {
	if c.exports[path] == "" {
		out, err := command(c.ctx, c.dir, "go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", path)
		if err != nil {
			return nil, fmt.Errorf("no package %s in go.mod", path)
		}
		for line := range strings.Lines(out) {
			name, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
			c.exports[name] = file
		}
	}
	return os.Open(c.exports[path])
}

// check returns the first error in packages below a folder, whose import path is
// base. Each may import those before it.
func (c *checker) check(folder, base string, packages []string) error {
	own := &ownFirst{c, map[string]*types.Package{}}
	for _, name := range packages {
		dir := filepath.Join(folder, name)
		files, err := c.parse(dir)
		if err != nil {
			return err
		}
		path := filepath.ToSlash(filepath.Join(base, name))
		var first error
		config := &types.Config{
			Importer: own, GoVersion: "go1.26", Sizes: types.SizesFor("gc", "amd64"),
			Error: func(err error) { first = cmp.Or(first, err) },
		}
		pkg, err := config.Check(path, c.fset, files, nil)
		if err := cmp.Or(first, err); err != nil {
			return err
		}
		own.packages[path] = pkg
	}
	return nil
}

// parse parses the files of a package that a build on this machine would take.
func (c *checker) parse(dir string) ([]*ast.File, error) {
	pkg, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range pkg.GoFiles {
		f, err := parser.ParseFile(c.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		return nil, errors.New("no Go files")
	}
	return files, nil
}

// ownFirst imports the packages that were generated together before all others.
type ownFirst struct {
	others   types.Importer
	packages map[string]*types.Package
}

// Import implements [types.Importer].
func (o *ownFirst) Import(path string) (*types.Package, error) {
	if pkg := o.packages[path]; pkg != nil {
		return pkg, nil
	}
	return o.others.Import(path)
}
