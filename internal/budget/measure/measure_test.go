package measure

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/gofiles"
	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/internal/budget/program"
)

func TestCountLeavesTestsOut(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	_, err := count(folder)
	require.ErrorContains(t, err, "has no Go files")
	for name, text := range map[string]string{"a.go": "package a\n\nvar A int\n", "a_test.go": "package a\n\nvar B int\n"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	got, err := count(folder)
	require.NoError(t, err)
	assert.Equal(t, gofiles.Counts{Files: 1, Lines: 3, Bytes: 21, Exported: 1}, got)
}

func TestCodeCountsPackagesThatAreThere(t *testing.T) {
	t.Parallel()
	got, err := Code(filepath.Join("..", "..", ".."))
	require.NoError(t, err)
	for _, n := range got.Numbers {
		assert.Positive(t, n.Value, n.Name)
	}
	_, err = Code(t.TempDir())
	require.Error(t, err)
}

// TestMoreBytesAreFound builds a program, and one with 100,000 bytes more. Wherever the
// program stands below its limit, the other is above it.
func TestMoreBytesAreFound(t *testing.T) {
	t.Parallel()
	before, after := size(t, 1), size(t, 100_000)
	roomy := limits.Limits{Numbers: map[string]map[string]int{"bytes": {"program": before + 2*slackOfSize}}}
	assert.Empty(t, limits.Compare(bytesOf(before), roomy).Problems)
	assert.Len(t, limits.Compare(bytesOf(after), roomy).Problems, 1)
}

// TestNewDependencyIsMeasured builds a program whose go.mod does not know what the SDK has come to need.
func TestNewDependencyIsMeasured(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	const stale = "module example.com/size\n\ngo 1.26.0\n\nrequire example.com/sdk v0.0.0\n\nreplace example.com/sdk => ../..\n\nreplace example.com/new => ../../new\n"
	write("testdata/size/go.mod", stale)
	write("testdata/size/go.sum", "")
	write("testdata/size/call/main.go", "package main\n\nimport _ \"example.com/sdk\"\n\nfunc main() {}\n")
	write("testdata/size/baseline/main.go", "package main\n\nfunc main() {}\n")
	write("go.mod", "module example.com/sdk\n\ngo 1.26.0\n\nrequire example.com/new v0.0.0\n")
	write("go.sum", "")
	write("sdk.go", "package sdk\n\nimport _ \"example.com/new\"\n")
	write("new/go.mod", "module example.com/new\n\ngo 1.26.0\n")
	write("new/new.go", "package new\n")
	group, err := Size(t.Context(), root, t.TempDir())
	require.NoError(t, err)
	assert.Len(t, group.Numbers, 6)
	text, err := os.ReadFile(filepath.Join(root, "testdata", "size", "go.mod"))
	require.NoError(t, err)
	assert.Equal(t, stale, string(text), "go.mod stays as it is")
}

func bytesOf(value int) []limits.Group {
	return []limits.Group{{Name: "bytes", Numbers: []limits.Number{{Name: "program", Value: value, Slack: slackOfSize}}}}
}

// size builds a program that prints a text.
func size(t *testing.T, length int) int {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module example.com/program\n\ngo 1.26.0\n"), 0o600))
	text := "package main\n\nfunc main() { println(\"" + strings.Repeat("x", length) + "\") }\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "main.go"), []byte(text), 0o600))
	n, err := program.Program{Module: folder, Package: "."}.Size(t.Context(), t.TempDir())
	require.NoError(t, err)
	return int(n)
}
