package gochange

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
)

// named is a name in a package: a declaration, or a field or method of a type.
type named struct {
	pos diag.Pos
	doc string
	// in is the name of the declaration that holds it: its own, or that of the type of
	// a field.
	in   string
	kind string // of the declaration
	text string // of the declaration
}

var deprecation = regexp.MustCompile(`(?m)^Deprecated:`)

// deprecated reports whether the comment says so, in the form that tools know.
func (n *named) deprecated() bool { return deprecation.MatchString(n.doc) }

// file collects the names of a file.
type file struct {
	fset *token.FileSet
	into *pkg
	path string // as positions have it
	text []byte
}

// index adds the names that a file declares, and its comment on the package.
func (c *checker) index(out *pkg, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", c.side.label, err)
	}
	fset := token.NewFileSet() // positions are needed of this file alone
	tree, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("read %s: %w", c.side.label, err)
	}
	abs, err := filepath.Abs(c.side.dir)
	if err != nil {
		return fmt.Errorf("read %s: %w", c.side.label, err)
	}
	rel, err := filepath.Rel(abs, path)
	if err != nil {
		return fmt.Errorf("read %s: %w", c.side.label, err)
	}
	f := &file{fset: fset, into: out, path: filepath.ToSlash(rel), text: text}
	if tree.Doc != nil || out.pos.Line == 0 {
		out.doc, out.pos = tree.Doc.Text(), f.pos(tree.Name)
	}
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			f.function(d)
		case *ast.GenDecl:
			f.group(d)
		}
	}
	return nil
}

func (f *file) function(d *ast.FuncDecl) {
	end := d.End()
	if d.Body != nil {
		end = d.Body.Lbrace
	}
	name, kind := d.Name.Name, "func"
	if d.Recv != nil {
		name, kind = receiver(d.Recv.List[0].Type)+"."+name, "method"
	}
	f.add(name, kind, d.Name, d.Doc, f.source(start(d, d.Doc), end))
}

// receiver returns the name of the type of a method.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.ParenExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// group adds what stands behind type, const or var, in parentheses or not.
func (f *file) group(d *ast.GenDecl) {
	keyword := d.Tok.String()
	for _, spec := range d.Specs {
		doc, text := d.Doc, ""
		if d.Lparen.IsValid() {
			doc = specDoc(spec)
			text = f.alone(keyword, spec, doc)
		} else {
			text = f.source(start(d, doc), d.End())
		}
		switch s := spec.(type) {
		case *ast.TypeSpec:
			f.add(s.Name.Name, keyword, s.Name, doc, text)
			f.members(s)
		case *ast.ValueSpec:
			for _, name := range s.Names {
				f.add(name.Name, keyword, name, doc, text)
			}
		}
	}
}

// alone writes a declaration that stands in parentheses as if it did not.
func (f *file) alone(keyword string, spec ast.Spec, doc *ast.CommentGroup) string {
	text := keyword + " " + f.source(spec.Pos(), spec.End())
	if doc != nil {
		text = f.source(doc.Pos(), doc.End()) + "\n" + text
	}
	return strings.ReplaceAll(text, "\n\t", "\n")
}

// members adds the fields of a struct and the methods of an interface.
func (f *file) members(s *ast.TypeSpec) {
	var list *ast.FieldList
	switch t := s.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			f.into.names[s.Name.Name+"."+name.Name] = &named{pos: f.pos(name), doc: field.Doc.Text(), in: s.Name.Name}
		}
	}
}

func (f *file) add(name, kind string, at *ast.Ident, doc *ast.CommentGroup, text string) {
	f.into.names[name] = &named{pos: f.pos(at), doc: doc.Text(), in: name, kind: kind, text: text}
}

func (f *file) pos(n ast.Node) diag.Pos {
	p := f.fset.Position(n.Pos())
	return diag.Pos{File: f.path, Line: p.Line, Col: p.Column}
}

func (f *file) source(from, to token.Pos) string {
	return strings.TrimSpace(string(f.text[f.fset.Position(from).Offset:f.fset.Position(to).Offset]))
}

func start(n ast.Node, doc *ast.CommentGroup) token.Pos {
	if doc != nil {
		return doc.Pos()
	}
	return n.Pos()
}

func specDoc(s ast.Spec) *ast.CommentGroup {
	switch s := s.(type) {
	case *ast.TypeSpec:
		return s.Doc
	case *ast.ValueSpec:
		return s.Doc
	}
	return nil
}

// cutName splits the name of a field or method into that of its type and its own.
func cutName(name string) (owner, member string) {
	owner, member, _ = strings.Cut(name, ".")
	return owner, member
}

// exported reports whether programs can use a name.
func exported(name string) bool {
	owner, member := cutName(name)
	return ast.IsExported(owner) && (member == "" || ast.IsExported(member))
}
