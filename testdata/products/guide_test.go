package products

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

var guideBlock = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// TestGuide does what docs/another-product.md says, in a new folder. A block of YAML or Go becomes the file that its first line names. Commands
// of the shell run; what those of the console print is compared, and a line of dots stands for any lines.
func TestGuide(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "another-product.md"))
	require.NoError(t, err)
	g := guide{t.TempDir()}
	commands := 0
	for _, block := range guideBlock.FindAllStringSubmatch(string(text), -1) {
		switch block[1] {
		case "yaml", "go":
			g.write(t, block[2])
		case "sh":
			for line := range strings.Lines(block[2]) {
				g.run(t, strings.TrimSpace(line))
			}
		default:
			for session := range strings.SplitSeq(strings.TrimPrefix(block[2], "$ "), "\n$ ") {
				commands++
				line, want, _ := strings.Cut(session, "\n")
				compareOutput(t, line, want, g.run(t, line))
			}
		}
	}
	assert.Equal(t, 11, commands)
}

// guide is the folder that the reader of the guide works in.
type guide struct{ dir string }

func (g guide) write(t *testing.T, content string) {
	t.Helper()
	head, _, _ := strings.Cut(content, "\n")
	_, name, found := strings.Cut(head, " ")
	require.True(t, found, head)
	file := filepath.Join(g.dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
}

// run carries out a command and returns all that it prints. Nothing is published yet, so the new module gets this repository in place of
// a version, and modules come from the cache.
func (g guide) run(t *testing.T, line string) string {
	t.Helper()
	if strings.HasPrefix(line, "go get github.com/ackgen/ackgen") {
		g.replace(t)
	}
	words := strings.Fields(line)
	cmd := exec.CommandContext(t.Context(), words[0], words[1:]...) //nolint:gosec // G204: the commands of the guide
	cmd.Dir = g.dir
	cmd.Env = append(cmd.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off", "GONOSUMDB=*", "GOTOOLCHAIN=local")
	out, err := cmd.CombinedOutput()
	if !strings.Contains(string(out), "error: ") { // findings are shown on purpose
		require.NoError(t, err, "%s\n%s", line, out)
	}
	return string(out)
}

func (g guide) replace(t *testing.T) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(g.dir, "go.sum"), sums, 0o600))
	runGo(t, g.dir, "mod", "edit", "-require=github.com/ackgen/ackgen@v0.0.0", "-replace=github.com/ackgen/ackgen="+root)
}

func compareOutput(t *testing.T, line, want, got string) {
	t.Helper()
	want = strings.TrimSuffix(want, "\n") + "\n"
	if want == "\n" {
		want = ""
	}
	pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(want), `\.\.\.`+"\n", `(?s:.*)`) + "$"
	assert.Regexp(t, pattern, got, line)
}
