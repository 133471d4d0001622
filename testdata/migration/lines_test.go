package migration

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tasks as the table in README.md names them.
var table = []struct{ method, task string }{
	{"Nodes", "list all nodes of a cluster"},
	{"Create", "create a cluster and wait until it is ready"},
	{"Kubeconfig", "get a kubeconfig"},
	{"State", "tell a missing cluster and throttling from other errors"},
	{"Tag", "tag a cluster"},
}

// TestOursIsShorter counts the lines with code, for every task and for the whole
// files, and checks the table in README.md.
func TestOursIsShorter(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	official, ours := countLines(t, "official.go"), countLines(t, "ours.go")
	for _, row := range append(table, struct{ method, task string }{"", "whole file"}) {
		require.Positive(t, ours[row.method], row.task)
		assert.Less(t, ours[row.method], official[row.method], row.task)
		want := fmt.Sprintf("| %s | %d | %d |\n", row.task, official[row.method], ours[row.method])
		assert.True(t, strings.Contains(string(readme), want), "README.md must hold the line %s", want)
	}
}

// countLines returns the number of lines with code in each method of a file, and of
// the whole file under the empty name.
func countLines(t *testing.T, path string) map[string]int {
	t.Helper()
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, path, src, parser.SkipObjectResolution)
	require.NoError(t, err)
	code := codeLines(fset, src)
	counts := map[string]int{"": len(code)}
	for _, decl := range parsed.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Recv == nil {
			continue
		}
		for line := fset.Position(fn.Pos()).Line; line <= fset.Position(fn.End()).Line; line++ {
			if code[line] {
				counts[fn.Name.Name]++
			}
		}
	}
	return counts
}

// codeLines returns the numbers of the lines that are more than empty or a comment.
func codeLines(fset *token.FileSet, src []byte) map[int]bool {
	file := fset.AddFile("", fset.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, 0)
	lines := map[int]bool{}
	for {
		pos, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return lines
		case tok == token.SEMICOLON && text == "\n": // put in by the scanner
		default:
			lines[file.Line(pos)] = true
		}
	}
}
