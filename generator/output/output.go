// Package output formats generated files and brings a folder up to date with
// them.
//
// It may import golang.org/x/tools/imports, a diff package and the standard
// library. No other package of the generator touches the disk.
package output

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"

	"golang.org/x/tools/imports"
)

// File is a generated file. Name is slash-separated and relative to the output
// folder.
type File struct {
	Name    string
	Content []byte
}

// Suffix ends the name of every generated file.
const Suffix = "_gen.go"

// Generated reports whether a Go file has the header of generated code above its
// package clause.
func Generated(content []byte) bool {
	f, err := parser.ParseFile(token.NewFileSet(), "", content, parser.ParseComments|parser.PackageClauseOnly)
	return err == nil && ast.IsGenerated(f)
}

// Format formats src like gofmt and sorts its imports into groups.
func Format(name string, src []byte) (File, error) {
	content, err := imports.Process(name, src, &imports.Options{FormatOnly: true, Comments: true, TabIndent: true, TabWidth: 8})
	if err != nil {
		return File{}, fmt.Errorf("format %s: %w", name, err)
	}
	return File{Name: name, Content: content}, nil
}
