// Package emittest compares declarations that an emitter prints with expected Go
// text, in tests of the emitters.
//
// It may import generator/emit, testify and the standard library.
package emittest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/emit"
)

// Case is a declaration that a file must hold.
type Case struct {
	// Name says what the case is about.
	Name string
	// File is the name of the file.
	File string
	// Decl is the first name that the declaration declares. A method is written
	// Type.Method.
	Decl string
	// Want is the text of the declaration with its comment. White space around it
	// does not count, and ' stands for a back-tick.
	Want string
}

// Run renders the files and checks every case in a subtest of its own.
func Run(t *testing.T, files []*emit.File, cases []Case) {
	t.Helper()
	for _, c := range cases {
		i := slices.IndexFunc(files, func(f *emit.File) bool { return f.Name == c.File })
		require.NotEqual(t, -1, i, "no file is called %s", c.File)
		src, err := files[i].Render()
		require.NoError(t, err)
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			want := strings.ReplaceAll(strings.TrimSpace(c.Want), "'", "`")
			assert.Equal(t, want, declaration(t, src, c.Decl))
		})
	}
}

// declaration returns the text of a declaration with its comment.
func declaration(t *testing.T, src []byte, name string) string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	for _, d := range file.Decls {
		if nameOf(d) != name {
			continue
		}
		start := d.Pos()
		if doc := docOf(d); doc != nil {
			start = doc.Pos()
		}
		return string(src[fset.Position(start).Offset:fset.Position(d.End()).Offset])
	}
	require.Fail(t, "there is no declaration "+name, "%s", src)
	return ""
}

// nameOf returns the first name that a declaration declares.
func nameOf(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return d.Name.Name
		}
		receiver := d.Recv.List[0].Type
		if pointer, ok := receiver.(*ast.StarExpr); ok {
			receiver = pointer.X
		}
		if named, ok := receiver.(*ast.Ident); ok {
			return named.Name + "." + d.Name.Name
		}
	case *ast.GenDecl:
		switch s := d.Specs[0].(type) {
		case *ast.TypeSpec:
			return s.Name.Name
		case *ast.ValueSpec:
			return s.Names[0].Name
		}
	}
	return ""
}

func docOf(d ast.Decl) *ast.CommentGroup {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Doc
	case *ast.GenDecl:
		return d.Doc
	}
	return nil
}
