package workflows_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// makeTests runs a make target with a go command that prints a text and ends with a status, and returns what make prints and the arguments.
func makeTests(t *testing.T, target, prints, status string) (out, asked string, err error) {
	t.Helper()
	m := newMachine(t, map[string]string{"go": "printf '%s' \"$PRINTS\"\nexit " + status + "\n"})
	cmd := exec.CommandContext(t.Context(), "make", target, "GO="+filepath.Join(m.dir, "bin", "go")) //nolint:gosec // a target of ours
	cmd.Dir = root
	cmd.Env = append(cmd.Environ(), "MAKEFLAGS=", "MAKELEVEL=", "PRINTS="+prints)
	text, err := cmd.CombinedOutput()
	return string(text), m.read("asked"), err
}

const (
	passing = "=== RUN   TestA\n=== RUN   TestA/sub\n    a_test.go:1: a note\n--- PASS: TestA (0.01s)\n    --- PASS: TestA/sub (0.00s)\nPASS\nok  \texample.com/a\t0.1s\n"
	without = "testing: warning: no tests to run\nPASS\nok  \texample.com/b\t0.1s [no tests to run]\n?   \texample.com/c\t[no test files]\n"
	failing = "=== RUN   TestD\n=== NAME  TestD\n    d_test.go:1: the reason\n--- FAIL: TestD (0.00s)\n    --- FAIL: TestD/sub (0.00s)\n" +
		"        d_test.go:2: another\nFAIL\nFAIL\texample.com/d\t0.1s\n"
)

// TestShownTests names the tests that have run, with all that a failure says, and nothing of packages without.
func TestShownTests(t *testing.T) {
	t.Parallel()
	const results = "--- PASS: TestA (0.01s)\nok  \texample.com/a\t0.1s\n"
	for _, target := range []string{"hostile", "canary"} {
		out, _, err := makeTests(t, target, without+passing+without, "0")
		require.NoError(t, err, out)
		assert.Equal(t, results, out, target)

		out, _, err = makeTests(t, target, passing+without+failing+"FAIL\n", "1")
		require.Error(t, err, "make must see that a test fails")
		assert.Contains(t, out, results+strings.TrimPrefix(failing, "=== RUN   TestD\n")+"FAIL\n", target)

		out, _, err = makeTests(t, target, passing+"panic: it is over\n", "2")
		require.Error(t, err)
		assert.Contains(t, out, results+"panic: it is over\n", target)

		out, _, err = makeTests(t, target, without, "0")
		require.Error(t, err, "a run of nothing must not pass")
		assert.Contains(t, out, "no test has run", target)
	}
}

// TestCanaryRunsTheTable holds that make canary runs the tests that docs/security.md names for secrets in programs.
func TestCanaryRunsTheTable(t *testing.T) {
	t.Parallel()
	_, asked, err := makeTests(t, "canary", passing, "0")
	require.NoError(t, err)
	m := regexp.MustCompile(`-run (\S+)`).FindStringSubmatch(asked)
	require.NotNil(t, m, asked)
	expression := regexp.MustCompile(m[1])
	data, err := os.ReadFile(filepath.Join(root, "docs", "security.md"))
	require.NoError(t, err)
	_, section, found := strings.Cut(string(data), "## Secrets in the program\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	require.Contains(t, section, "`make canary` runs the tests of this table.")
	links := regexp.MustCompile(`\[(Test\w+)\]\(\.\./([^)]+)\)`).FindAllStringSubmatch(section, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		assert.Regexp(t, expression, link[1])
		assert.Contains(t, testsOf(t, filepath.Join(root, link[2])), link[1])
	}
}
