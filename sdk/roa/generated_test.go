package roa_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNamesForGeneratedCode compares the list in the package comment with the
// comments of the names, and both with what generated code and programs use.
func TestNamesForGeneratedCode(t *testing.T) {
	t.Parallel()
	pkg := packageDoc(t)
	_, section, found := strings.Cut(pkg.Doc, "# For generated code")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n# ")
	var listed []string
	for _, m := range regexp.MustCompile(`\[(\S+?)\]`).FindAllStringSubmatch(section, -1) {
		listed = append(listed, m[1])
	}
	marked := markedNames(pkg)
	assert.ElementsMatch(t, marked, listed)

	generated := textOf(t, "../ack/*_gen.go")
	programs := textOf(t, "../examples/*/*.go", "../../README.md", "../../docs/*.md")
	for _, name := range marked {
		quoted := regexp.QuoteMeta(strings.TrimPrefix(name, "Client."))
		// A Request is named by NewRequest, and a ResponseShape by its constants.
		use := regexp.MustCompile(`\b(roa|core)\.(New)?` + strings.TrimSuffix(quoted, "Shape"))
		assert.True(t, use.MatchString(generated), "generated code does not use %s", name)
		misuse := regexp.MustCompile(`\broa\.` + quoted + `\b`)
		assert.False(t, misuse.MatchString(programs), "%s is for generated code, not for programs", name)
	}
}

// markedNames returns the names that the paragraph "For generated code" marks.
func markedNames(pkg *doc.Package) (names []string) {
	add := func(name, text string) {
		if strings.Contains(text, "\nFor generated code: ") {
			names = append(names, name)
		}
	}
	for _, c := range pkg.Consts {
		add(c.Names[0], c.Doc)
	}
	funcs := slices.Clone(pkg.Funcs)
	for _, typ := range pkg.Types {
		add(typ.Name, typ.Doc)
		funcs = append(funcs, typ.Funcs...)
		for _, m := range typ.Methods {
			add(typ.Name+"."+m.Name, m.Doc)
		}
	}
	for _, f := range funcs {
		add(f.Name, f.Doc)
	}
	return names
}

func packageDoc(t *testing.T) *doc.Package {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, file)
	}
	pkg, err := doc.NewFromFiles(fset, files, "github.com/ackgen/ackgen/sdk/roa")
	require.NoError(t, err)
	return pkg
}

func textOf(t *testing.T, patterns ...string) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, paths, pattern)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			all.Write(text)
		}
	}
	return all.String()
}
