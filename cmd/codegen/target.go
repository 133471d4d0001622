package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/generator/provenance"
	"github.com/ackgen/ackgen/generator/subset"
)

// name is a word and where it stands: in a file, or in a flag.
type name struct {
	text, place string
}

// target is one package to generate.
type target struct {
	place              string // in a configuration, or empty for flags
	spec               string // path, "-", or empty for the bundled spec
	out, pkg           string
	operations, groups []name
	noMocks, overrides bool
}

// made is a package that was generated in memory, with files named by their paths.
type made struct {
	*target
	*generator.Output
}

// generate makes everything in memory. Faults of the spec are a [*diag.Error].
func (t *target) generate(ctx context.Context, in io.Reader) (*made, error) {
	pkg, importPath, err := t.packageName()
	if err != nil {
		return nil, t.at(err)
	}
	doc, err := t.document(in)
	if err != nil {
		return nil, t.at(err)
	}
	out, err := generator.Generate(ctx, generator.Options{
		SpecName: doc.name, Spec: doc.text, Folder: doc.folder, Package: pkg, ImportPath: importPath,
		Operations: texts(t.operations), Groups: texts(t.groups), NoMocks: t.noMocks, Overrides: t.overrides,
	})
	if unknown, ok := errors.AsType[*subset.UnknownError](err); ok {
		return nil, t.unknown(unknown, doc)
	}
	if err != nil {
		return nil, err
	}
	for i, f := range out.Files {
		out.Files[i].Name = filepath.ToSlash(filepath.Join(t.out, filepath.FromSlash(f.Name)))
	}
	return &made{t, out}, nil
}

// at tells the package that an error is about. Findings have places of their own.
func (t *target) at(err error) error {
	if _, ok := errors.AsType[*diag.Error](err); ok || t.place == "" {
		return err
	}
	return fmt.Errorf("%s: %w", t.place, err)
}

// flag returns how users know an option: as a flag, or as a key of a configuration.
func (t *target) flag(name string) string {
	if t.place == "" {
		return "--" + name
	}
	return name
}

func texts(names []name) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.text
	}
	return out
}

// unknown tells where the names stand that the document lacks.
func (t *target) unknown(err *subset.UnknownError, doc document) error {
	spec := doc.name
	if t.spec == "" {
		spec = "the ACK spec of codegen"
	}
	var lines []string
	for _, u := range err.Names {
		names := t.operations
		if u.Kind == subset.Group {
			names = t.groups
		}
		for _, n := range names {
			if n.text == u.Name {
				lines = append(lines, n.place+": "+spec+" has no "+u.Kind+" "+u.Name+u.Hint)
			}
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

// packageName returns the name and the import path of the package.
func (t *target) packageName() (pkg, importPath string, err error) {
	if t.out == "" {
		return "", "", fmt.Errorf("%s is empty: it must name the folder of the client package", t.flag("out"))
	}
	if info, err := os.Stat(t.out); err == nil && !info.IsDir() {
		return "", "", fmt.Errorf("%s is not a folder: %s must name the folder of the client package", t.out, t.flag("out"))
	}
	abs, err := filepath.Abs(t.out)
	if err != nil {
		return "", "", fmt.Errorf("resolve %s: %w", t.flag("out"), err)
	}
	pkg = cmp.Or(t.pkg, filepath.Base(abs))
	if err := naming.CheckPackage(pkg); err != nil {
		return "", "", fmt.Errorf("%w (%s sets another)", err, t.flag("package"))
	}
	importPath, err = importPathOf(abs)
	return pkg, importPath, err
}

// folders returns the folder of the package and those of mocks and overrides, that it
// can have now or had under another name.
func (t *target) folders() []string {
	out := filepath.Clean(t.out)
	folders := []string{out}
	pkg := t.pkg
	if abs, err := filepath.Abs(out); pkg == "" && err == nil {
		pkg = filepath.Base(abs)
	}
	before, _ := t.before()
	for _, pkg := range []string{pkg, before.Options.Package} {
		if naming.CheckPackage(pkg) == nil {
			folders = append(folders, filepath.Join(out, generator.MockFolder(pkg)), filepath.Join(out, generator.FakeFolder(pkg)))
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// before returns what the files say that are there already, if they say something.
func (t *target) before() (record provenance.Record, ok bool) {
	content, err := os.ReadFile(filepath.Join(t.out, provenance.FileName))
	if err != nil {
		return record, false
	}
	return provenance.Read(content)
}
