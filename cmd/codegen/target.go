package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/generator/subset"
)

// name is a word and where it stands: in a file, or in a flag.
type name struct {
	text string
	pos  diag.Pos
	flag string
}

// place begins a message about the name.
func (n name) place() string {
	if n.flag != "" {
		return "--" + n.flag
	}
	return n.pos.String()
}

// target is one package to generate.
type target struct {
	spec               string // path, "-", or empty for the bundled spec
	out, pkg           string
	operations, groups []name
	noMocks            bool
}

// generate makes everything in memory. Faults of the spec are a [*diag.Error].
func (t *target) generate(ctx context.Context, doc document) (*generator.Output, error) {
	pkg, importPath, err := t.packageName()
	if err != nil {
		return nil, err
	}
	made, err := generator.Generate(ctx, generator.Options{
		SpecName: doc.name, Spec: doc.text, Folder: doc.folder, Package: pkg, ImportPath: importPath,
		Operations: texts(t.operations), Groups: texts(t.groups), NoMocks: t.noMocks,
	})
	if unknown, ok := errors.AsType[*subset.UnknownError](err); ok {
		return nil, t.unknown(unknown)
	}
	return made, err
}

func texts(names []name) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.text
	}
	return out
}

// unknown tells where the names stand that the spec lacks.
func (t *target) unknown(err *subset.UnknownError) error {
	var lines []string
	for _, u := range err.Names {
		names := t.operations
		if u.Kind == subset.Group {
			names = t.groups
		}
		for _, n := range names {
			if n.text == u.Name {
				lines = append(lines, n.place()+": "+u.String())
			}
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

// packageName returns the name and the import path of the package.
func (t *target) packageName() (pkg, importPath string, err error) {
	if t.out == "" {
		return "", "", errors.New("--out is empty: it must name the folder of the client package")
	}
	if info, err := os.Stat(t.out); err == nil && !info.IsDir() {
		return "", "", fmt.Errorf("%s is not a folder: --out must name the folder of the client package", t.out)
	}
	abs, err := filepath.Abs(t.out)
	if err != nil {
		return "", "", fmt.Errorf("resolve --out: %w", err)
	}
	pkg = cmp.Or(t.pkg, filepath.Base(abs))
	if err := naming.CheckPackage(pkg); err != nil {
		return "", "", fmt.Errorf("%w (--package sets another)", err)
	}
	importPath, err = importPathOf(abs)
	return pkg, importPath, err
}
