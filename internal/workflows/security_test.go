package workflows_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	shownBy  = regexp.MustCompile(`\| ((?:(?:Test|Fuzz)\w+(?:, )?)+) in (\S+) \|`)
	testName = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`)
	linked   = regexp.MustCompile(`\]\(([^)]+)\)`)
)

// TestSecurityNamesTests checks that each row of SECURITY.md names tests that are there, and
// that its links lead to files.
func TestSecurityNamesTests(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	require.NoError(t, err)
	_, table, found := strings.Cut(string(data), "| --- |")
	require.True(t, found)
	_, table, _ = strings.Cut(table, "\n")
	table, _, _ = strings.Cut(table, "\n\n")
	for row := range strings.Lines(table) {
		m := shownBy.FindStringSubmatch(row)
		if assert.NotNil(t, m, "no test in: %s", row) {
			assert.Subset(t, testsOf(t, filepath.Join(root, m[2])), testName.FindAllString(m[1], -1))
		}
	}
	for _, m := range linked.FindAllStringSubmatch(string(data), -1) {
		assert.FileExists(t, filepath.Join(root, m[1]))
	}
}

// testsOf returns the names of the functions in the test files of a package.
func testsOf(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	require.NoError(t, err)
	var names []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}
