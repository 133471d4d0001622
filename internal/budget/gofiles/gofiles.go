// Package gofiles counts what Go files hold. It imports the standard library alone.
package gofiles

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
)

// Counts is what files hold.
type Counts struct {
	Files, Lines, Bytes int
	// Exported counts the exported constants, variables, functions and types, and the
	// exported methods of exported types.
	Exported int
}

// Count counts in files.
func Count(files []string) (Counts, error) {
	var all Counts
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return Counts{}, fmt.Errorf("count lines: %w", err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			return Counts{}, fmt.Errorf("count names: %w", err)
		}
		all.Files++
		all.Lines += bytes.Count(text, []byte("\n"))
		all.Bytes += len(text)
		all.Exported += exported(file)
	}
	return all, nil
}

func exported(file *ast.File) int {
	n := 0
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.IsExported() && (decl.Recv == nil || ast.IsExported(receiver(decl))) {
				n++
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				n += exportedOf(spec)
			}
		}
	}
	return n
}

func exportedOf(spec ast.Spec) int {
	n := 0
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() {
			n++
		}
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			if name.IsExported() {
				n++
			}
		}
	}
	return n
}

// receiver is the name of the type that has a method.
func receiver(method *ast.FuncDecl) string {
	expr := method.Recv.List[0].Type
	for {
		switch at := expr.(type) {
		case *ast.StarExpr:
			expr = at.X
		case *ast.IndexExpr:
			expr = at.X
		case *ast.IndexListExpr:
			expr = at.X
		case *ast.Ident:
			return at.Name
		default:
			return ""
		}
	}
}
