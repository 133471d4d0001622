package gochange

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/ackgen/ackgen/generator/diag"
)

// side is a loaded [Tree].
type side struct {
	label    string // base or head
	dir      string
	module   string // path of the module
	packages map[string]*pkg
}

// pkg is a package that programs can import.
type pkg struct {
	types *types.Package
	// called is how changes name it: as programs do, or by its folder when another
	// package has the same name.
	called string
	doc    string
	pos    diag.Pos // of its comment, or of its first file
	names  map[string]*named
}

// tellApart decides what packages are called.
func (s *side) tellApart() {
	count := map[string]int{}
	for _, p := range s.packages {
		count[p.types.Name()]++
	}
	for folder, p := range s.packages {
		p.called = p.types.Name()
		if count[p.called] > 1 {
			p.called = folder
		}
	}
}

// loader checks the declarations of packages from their source, without the bodies
// of functions: that takes a second for all of the SDK with its dependencies, where
// compiling them takes a minute.
type loader struct {
	fset *token.FileSet
	// std holds the packages of the standard library by folder. Both sides share them.
	std map[string]*types.Package
}

func newLoader() *loader { return &loader{fset: token.NewFileSet(), std: map[string]*types.Package{}} }

// load reads a tree. The packages of its module are checked as if the module were
// called alias, unless that is empty, so that a module that has moved to a path of
// its next major version can be compared.
func (l *loader) load(ctx context.Context, label string, tree Tree, alias string) (*side, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, fmt.Errorf("list the packages of %s: the go command is needed: %w", label, err)
	}
	listed, err := packages.Load(&packages.Config{
		Context: ctx,
		Dir:     tree.Dir,
		Env:     environment(),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedDeps | packages.NeedModule,
	}, tree.Patterns...)
	if err != nil {
		return nil, fmt.Errorf("list the packages of %s in %s: %w", label, tree.Dir, err)
	}
	s := &side{label: label, dir: tree.Dir, packages: map[string]*pkg{}}
	c := &checker{loader: l, side: s, done: map[string]*types.Package{}}
	for _, p := range listed {
		if p.Module == nil || !p.Module.Main || p.Name == "main" || internal(p.PkgPath) {
			continue
		}
		s.module = p.Module.Path
		c.alias = alias
		if err := c.add(p); err != nil {
			return nil, err
		}
	}
	if len(s.packages) == 0 {
		return nil, fmt.Errorf("%s has no package that programs can import in %s (%s)%s",
			label, tree.Dir, strings.Join(tree.Patterns, " "), problems(listed))
	}
	s.tellApart()
	return s, nil
}

// environment is that of the go command. Both sides are read as on one system, so
// that the result is the same on all, and no tree is changed.
func environment() []string {
	return append(os.Environ(), //nolint:forbidigo // the go command needs what its caller has
		"CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64", "GOWORK=off", "GOFLAGS=-mod=readonly")
}

// internal reports whether other modules cannot import a package.
func internal(path string) bool { return slices.Contains(strings.Split(path, "/"), "internal") }

// problems tells what is wrong with packages that were not found.
func problems(listed []*packages.Package) string {
	var b strings.Builder
	for _, p := range listed {
		for _, e := range p.Errors {
			b.WriteString(": " + e.Msg)
		}
	}
	return b.String()
}

// checker checks the packages of one side.
type checker struct {
	*loader
	side  *side
	alias string
	done  map[string]*types.Package // by ID
}

// add checks a package that programs can import, and keeps what it declares.
func (c *checker) add(p *packages.Package) error {
	t, err := c.check(p)
	if err != nil {
		return err
	}
	folder := strings.TrimPrefix(strings.TrimPrefix(p.PkgPath, c.side.module), "/")
	out := &pkg{types: t, names: map[string]*named{}}
	for _, path := range p.CompiledGoFiles {
		if err := c.index(out, path); err != nil {
			return err
		}
	}
	c.side.packages[folder] = out
	return nil
}

// check returns a package with all that it imports.
func (c *checker) check(p *packages.Package) (*types.Package, error) {
	if p.PkgPath == "unsafe" {
		return types.Unsafe, nil
	}
	known := c.known(p)
	if t := known[c.key(p)]; t != nil {
		return t, nil
	}
	if len(p.Errors) > 0 {
		return nil, c.fault(p, p.Errors[0])
	}
	for _, imported := range p.Imports {
		if _, err := c.check(imported); err != nil {
			return nil, err
		}
	}
	files, err := c.parse(p)
	if err != nil {
		return nil, c.fault(p, err)
	}
	conf := types.Config{
		IgnoreFuncBodies: true,
		Importer:         imports{c, p},
		Sizes:            types.SizesFor("gc", "amd64"),
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		conf.GoVersion = "go" + p.Module.GoVersion
	}
	t, err := conf.Check(c.path(p), c.fset, files, nil)
	if err != nil {
		return nil, c.fault(p, err)
	}
	known[c.key(p)] = t
	return t, nil
}

// known holds the packages that were checked, of the kind that p is.
func (c *checker) known(p *packages.Package) map[string]*types.Package {
	if p.Module == nil {
		return c.std
	}
	return c.done
}

func (c *checker) key(p *packages.Package) string {
	if p.Module == nil && len(p.GoFiles) > 0 {
		return filepath.Dir(p.GoFiles[0])
	}
	return p.ID
}

// path returns the path that a package is checked by.
func (c *checker) path(p *packages.Package) string {
	if p.Module == nil || !p.Module.Main || c.alias == "" {
		return p.PkgPath
	}
	return c.alias + strings.TrimPrefix(p.PkgPath, p.Module.Path)
}

func (c *checker) parse(p *packages.Package) ([]*ast.File, error) {
	files := make([]*ast.File, len(p.CompiledGoFiles))
	for i, path := range p.CompiledGoFiles {
		f, err := parser.ParseFile(c.fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files[i] = f
	}
	return files, nil
}

func (c *checker) fault(p *packages.Package, err error) error {
	var hint string
	if e, ok := errors.AsType[packages.Error](err); ok && e.Kind == packages.ListError {
		hint = "; does go mod download work in " + c.side.dir + "?"
	}
	return fmt.Errorf("%s does not compile: package %s: %w%s", c.side.label, p.PkgPath, err, hint)
}

// imports finds what a package imports.
type imports struct {
	*checker
	of *packages.Package
}

// Import implements [types.Importer].
func (i imports) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p := i.of.Imports[path]
	if p == nil {
		return nil, fmt.Errorf("package %s is not listed", path)
	}
	return i.check(p)
}
