package clitest

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Manual holds that a tool writes a manual page for itself and for each command that its help lists, with an example, twice the
// same, and over nothing that it did not write.
func Manual(t *testing.T, run func(args []string, stdin io.Reader, stdout, stderr io.Writer) int, tool string) {
	t.Helper()
	first, second := filepath.Join(t.TempDir(), "man1"), t.TempDir()
	var stdout, stderr bytes.Buffer
	for _, dir := range []string{first, first, second} {
		require.Zero(t, run([]string{"man", dir}, strings.NewReader(""), &stdout, &stderr), stderr.String())
	}
	pages, err := os.ReadDir(first)
	require.NoError(t, err)
	var names []string
	for _, p := range pages {
		names = append(names, p.Name())
		page, err := os.ReadFile(filepath.Join(first, p.Name()))
		require.NoError(t, err)
		other, err := os.ReadFile(filepath.Join(second, p.Name()))
		require.NoError(t, err)
		assert.Equal(t, string(page), string(other))
		if !strings.Contains(p.Name(), "-completion") {
			assert.Contains(t, string(page), "\n.SH EXAMPLE\n", "%s has no example", p.Name())
		}
		assert.Contains(t, string(page), "\n.SH OPTIONS", p.Name())
	}
	want := append([]string{tool + ".1"}, listed(t, run, tool)...)
	assert.Subset(t, names, want)

	require.NoError(t, os.WriteFile(filepath.Join(second, tool+".1"), []byte("another page\n"), 0o600))
	stderr.Reset()
	require.NotZero(t, run([]string{"man", second}, strings.NewReader(""), &stdout, &stderr))
	assert.Contains(t, stderr.String(), tool+".1")
}

// listed returns the pages of the commands that the help of a tool lists.
func listed(t *testing.T, run func(args []string, stdin io.Reader, stdout, stderr io.Writer) int, tool string) []string {
	t.Helper()
	var help bytes.Buffer
	require.Zero(t, run([]string{"--help"}, strings.NewReader(""), &help, &help))
	_, list, found := strings.Cut(help.String(), "Available Commands:\n")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n\n")
	var pages []string
	for line := range strings.Lines(list) {
		if name := strings.Fields(line)[0]; name != "help" && name != "completion" {
			pages = append(pages, tool+"-"+name+".1")
		}
	}
	return pages
}
