package compile

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
)

// counts is what a package is made of.
type counts struct{ files, lines, bytes, exported int }

// count counts in the files of a package.
func count(files []string) (counts, error) {
	var all counts
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return counts{}, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			return counts{}, err
		}
		all.files++
		all.lines += bytes.Count(text, []byte("\n"))
		all.bytes += len(text)
		all.exported += exported(file)
	}
	return all, nil
}

// exported counts the exported constants, variables, functions and types of a file,
// and the exported methods of exported types.
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
