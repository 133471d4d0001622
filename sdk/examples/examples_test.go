// Package examples_test checks that the Go code in the documentation is code of
// the programs beside it and in the modules below testdata, which are compiled and
// tested.
package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// roots are the folders that documented code may come from. The other modules
// import what the SDK must not depend on.
var roots = []string{
	".",
	filepath.Join(root, "testdata", "clientgo"),
	filepath.Join(root, "testdata", "migration"),
	filepath.Join(root, "testdata", "otel"),
}

var goBlock = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

func TestDocumentedCodeIsCompiled(t *testing.T) {
	t.Parallel()
	code := sources(t)
	blocks := 0
	for _, doc := range documents(t) {
		if filepath.Base(doc) == "another-product.md" {
			continue // its test, in testdata/products, generates what the code calls
		}
		text, err := os.ReadFile(doc)
		require.NoError(t, err)
		for _, m := range goBlock.FindAllStringSubmatch(string(text), -1) {
			blocks++
			assert.True(t, contains(code, m[1]), "%s: this code is in no file below %v:\n%s", doc, roots, m[1])
		}
	}
	assert.GreaterOrEqual(t, blocks, 4, "the README must hold examples")
}

var namedTest = regexp.MustCompile(`\[(Test\w+)\]\(\.\./([\w/]+)\)`)

// TestSecurityModelIsTested holds that the tests are there that the security model refers to.
func TestSecurityModelIsTested(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "docs", "security.md"))
	require.NoError(t, err)
	named := namedTest.FindAllStringSubmatch(string(text), -1)
	assert.Greater(t, len(named), 20)
	for _, m := range named {
		files, err := filepath.Glob(filepath.Join(root, m[2], "*_test.go"))
		require.NoError(t, err)
		assert.True(t, slices.ContainsFunc(files, func(file string) bool {
			code, err := os.ReadFile(file)
			return err == nil && strings.Contains(string(code), "\nfunc "+m[1]+"(t *testing.T)")
		}), "there is no %s in %s", m[1], m[2])
	}
}

// documents returns the guides for users.
func documents(t *testing.T) []string {
	t.Helper()
	docs, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	require.NoError(t, err)
	return append(docs, filepath.Join(root, "README.md"), filepath.Join(root, "spec", "README.md"))
}

// sources returns the unindented text of every Go file below the roots, but
// this one.
func sources(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, dir := range roots {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || path == "examples_test.go" {
				return err
			}
			text, err := os.ReadFile(path)
			out = append(out, unindent(string(text)))
			return err
		})
		require.NoError(t, err)
	}
	return out
}

func contains(code []string, block string) bool {
	for _, c := range code {
		if strings.Contains(c, unindent(block)) {
			return true
		}
	}
	return false
}

func unindent(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.Join(lines, "\n")
}
