package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

// interruptingGit interrupts the program that runs it to read a revision.
const interruptingGit = `#!/bin/sh
if [ "$1" = archive ]; then kill -INT "$PPID"; fi
exec "$REAL_GIT" "$@"
`

// TestInterruptedComparison leaves no copy of a revision behind.
func TestInterruptedComparison(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	require.NoError(t, err)
	realGit, err := exec.LookPath("git")
	require.NoError(t, err)
	repo := gittest.New(t, map[string]string{"api.yaml": reviewedBase})
	bin := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(bin, "git"), []byte(interruptingGit), 0o700)) //nolint:gosec // it has to run
	for _, command := range []string{"diff", "review"} {
		temp := t.TempDir()
		cmd := exec.CommandContext(t.Context(), program, asCommand, command, "HEAD", "HEAD", "--spec", "api.yaml") //nolint:gosec // it is this program
		cmd.Dir = repo.Dir
		cmd.Env = append(cmd.Environ(), "PATH="+bin, "REAL_GIT="+realGit, "TMPDIR="+temp)
		out, err := cmd.CombinedOutput()
		require.Error(t, err, command)
		assert.Equal(t, cli.Usage, cmd.ProcessState.ExitCode(), "%s: %s", command, out)
		left, err := filepath.Glob(filepath.Join(temp, "specgen-*"))
		require.NoError(t, err)
		assert.Empty(t, left, command)
	}
}
