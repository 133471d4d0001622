package roa_test

import (
	"go/ast"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// fileGraph holds the files that each file of a package needs.
type fileGraph map[string]map[string]bool

// TestFilesFormLayers checks that the files of the package can be read one after the
// other: none needs a file that needs it, directly or by others.
func TestFilesFormLayers(t *testing.T) {
	t.Parallel()
	pkgs, err := packages.Load(&packages.Config{
		Context: t.Context(),
		Mode:    packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedFiles | packages.NeedCompiledGoFiles,
	}, ".")
	require.NoError(t, err)
	require.Len(t, pkgs, 1)
	require.Empty(t, pkgs[0].Errors)
	graph := filesOf(pkgs[0])
	require.Contains(t, graph["call.go"], "attempt.go")
	assert.Empty(t, circle(graph), "files that need each other")
	graph["text.go"]["call.go"] = true
	assert.Subset(t, circle(graph), []string{"attempt.go", "call.go", "text.go"}, "the test sees a circle")
}

func filesOf(pkg *packages.Package) fileGraph {
	graph := make(fileGraph)
	for _, file := range pkg.Syntax {
		from := filepath.Base(pkg.Fset.Position(file.Pos()).Filename)
		graph[from] = make(map[string]bool)
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			used := pkg.TypesInfo.Uses[id]
			if _, isImport := used.(*types.PkgName); used == nil || isImport || used.Pkg() != pkg.Types {
				return true
			}
			if to := filepath.Base(pkg.Fset.Position(used.Pos()).Filename); to != from {
				graph[from][to] = true
			}
			return true
		})
	}
	return graph
}

// circle returns what is left of a graph once files that need nothing more are taken
// away again and again: those of circles, and those that need them.
func circle(graph fileGraph) []string {
	left := maps.Clone(graph)
	for {
		before := len(left)
		maps.DeleteFunc(left, func(_ string, needs map[string]bool) bool {
			for need := range needs {
				if left[need] != nil {
					return false
				}
			}
			return true
		})
		if len(left) == before {
			return slices.Sorted(maps.Keys(left))
		}
	}
}
