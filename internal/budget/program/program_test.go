package program_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/program"
)

// module writes a module with a program, and a file that a tag adds.
func module(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module example.com/program\n\ngo 1.26.0\n",
		"main.go": "package main\n\nfunc main() { println(text) }\n\nvar text = \"a text\"\n",
		"more.go": "//go:build more\n\npackage main\n\nfunc init() { text += \"more of it\" }\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	return folder
}

func TestBuildMakesTheSameInEveryFolder(t *testing.T) {
	t.Parallel()
	var all [3][]byte
	for i, tags := range []string{"", "", "more"} {
		file, err := program.Program{Module: module(t), Package: ".", Tags: tags}.Build(t.Context(), t.TempDir(), program.Stripped)
		require.NoError(t, err)
		all[i], err = os.ReadFile(file)
		require.NoError(t, err)
	}
	assert.True(t, string(all[0]) == string(all[1]), "the folder is part of the program")
	assert.False(t, string(all[0]) == string(all[2]), "the tag makes no difference")
	assert.Equal(t, "\x7fELF", string(all[0][:4]), "the program is one for Linux, wherever it is made")
}

func TestSizeLeavesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	size, err := program.Program{Module: module(t), Package: "."}.Size(t.Context(), folder)
	require.NoError(t, err)
	assert.Greater(t, size, int64(100_000))
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

func TestBuildTellsWhy(t *testing.T) {
	t.Parallel()
	folder := module(t)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "main.go"), []byte("package main\n\nfunc main() { unknown() }\n"), 0o600))
	_, err := program.Program{Module: folder, Package: "."}.Size(t.Context(), t.TempDir())
	require.ErrorContains(t, err, "go build in ")
	require.ErrorContains(t, err, "undefined: unknown")
	_, err = program.Program{Module: folder, Package: "."}.Build(t.Context(), filepath.Join(folder, "nowhere"))
	require.ErrorIs(t, err, os.ErrNotExist)
}
