package generator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/internal/goldentest"
)

const constructsHead = `# What the generator makes of OpenAPI

What an OpenAPI document may hold to become Go code, and what becomes of it. Most works, some is left out with a warning, and some is refused.

Every row has a case in [testdata/cases](../testdata/cases) that is generated, compiled and compared; this page is made of their results. A
warning stops nothing: it names what the generated code does not show. What is refused is an error with its position and what to write
instead, and nothing is written then; leave such an operation out with ` + "`--operations` or `--groups`" + `, or change the document.
`

// TestConstructs writes docs/constructs.md from what became of the cases.
func TestConstructs(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(constructsHead)
	section := ""
	for _, f := range constructs(t) {
		if f[0] != section {
			section = f[0]
			fmt.Fprintf(&b, "\n## %s\n\n| construct | | in Go |\n| --- | --- | --- |\n", section)
		}
		fmt.Fprintf(&b, "| %s | [%s](../testdata/cases/%s/) | %s |\n", f[1], fate(t, f[3], f[4]), f[3], f[2])
	}
	page := filepath.Join(root, "docs", "constructs.md")
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(b.String()), 0o600))
	}
	have, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Equal(t, b.String(), string(have), "run with -update if this is right")
}

// constructs returns the rows of the table.
func constructs(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "testdata", "cases", "constructs.txt"))
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), " |")
		require.Len(t, f, 5, line)
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		rows = append(rows, f)
	}
	return rows
}

// fate says what became of a construct: which of the findings of its case is about it,
// if any is.
func fate(t *testing.T, name, words string) string {
	t.Helper()
	_, err := os.Stat(filepath.Join(root, "testdata", "cases", filepath.FromSlash(name)))
	require.NoError(t, err)
	if words == "" {
		require.True(t, strings.HasPrefix(name, "ok/"), "%s is refused: by which words?", name)
		return "works"
	}
	findings, err := os.ReadFile(filepath.Join(root, "golden", filepath.FromSlash(name), goldentest.DiagFile))
	require.NoError(t, err)
	for line := range strings.Lines(string(findings)) {
		switch {
		case !strings.Contains(line, words):
		case strings.Contains(line, ": warning: "):
			return "warning"
		case strings.Contains(line, ": error: "):
			return "refused"
		}
	}
	t.Errorf("no finding of %s is about %q", name, words)
	return ""
}

// elsewhere names the tests of constructs that the nasty document cannot have beside others.
var elsewhere = map[string]string{
	"Documents | references to files in the folder of the document":                                  "the case ok/ref_files; the fake server takes one document",
	"Documents | OpenAPI 3.1, as far as 3.0 can say the same":                                        "the case ok/openapi_31",
	"Documents | what OpenAPI demands and no code is made of, such as the description of a response": "the case ok/harmless",
	"Servers | none, or another scheme":                                                              "the case ok/no_server",
}

// TestNastyHasEveryConstruct compares the lines of the document that name a construct with the table of constructs. TestNasty of
// testdata/products calls what is generated from the document.
func TestNastyHasEveryConstruct(t *testing.T) {
	t.Parallel()
	nasty, err := os.ReadFile(filepath.Join(root, "testdata", "products", "nasty.yaml"))
	require.NoError(t, err)
	var have []string
	for line := range strings.Lines(string(nasty)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "# = "); ok {
			have = append(have, name)
		}
	}
	var want []string
	for _, row := range constructs(t) {
		name := row[0] + " | " + row[1]
		if _, ok := elsewhere[name]; !ok && strings.HasPrefix(row[3], "ok/") {
			want = append(want, name)
		}
	}
	assert.ElementsMatch(t, want, have)
}
