package command_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/command"
)

func run(ctx context.Context, t *testing.T, script string, env ...string) (string, error) {
	t.Helper()
	return command.Run(ctx, command.Command{Dir: t.TempDir(), Env: env, Args: []string{"sh", "-c", script}})
}

// TestRun returns standard output alone, and runs with the variables that are given.
func TestRun(t *testing.T) {
	t.Parallel()
	out, err := run(t.Context(), t, `echo "$A"; echo aside >&2; echo "[$MAKEFLAGS]"`, "A=b")
	require.NoError(t, err)
	assert.Equal(t, "b\n[]\n", out)
}

// TestFailure tells the end of what was printed.
func TestFailure(t *testing.T) {
	t.Parallel()
	_, err := run(t.Context(), t, `for i in $(seq 50); do echo out $i; done; exit 3`)
	require.ErrorContains(t, err, ": exit status 3\n  out 21\n")
	assert.True(t, strings.HasSuffix(err.Error(), "\n  out 50"), err)
	_, err = run(t.Context(), t, "exit 1")
	require.EqualError(t, err, "sh -c exit 1: exit status 1")
}

// TestInterrupt interrupts the program, and says so.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := run(ctx, t, "exit 1")
	require.ErrorIs(t, err, context.Canceled)
}

// TestBothStreams loses nothing that is printed at once on both streams.
func TestBothStreams(t *testing.T) {
	t.Parallel()
	const lines = 10
	_, err := run(t.Context(), t, `for i in $(seq `+strconv.Itoa(lines)+`); do echo out $i; echo err $i >&2; done; exit 1`)
	require.Error(t, err)
	for i := 1; i <= lines; i++ {
		assert.Contains(t, err.Error()+"\n", "out "+strconv.Itoa(i)+"\n")
		assert.Contains(t, err.Error()+"\n", "err "+strconv.Itoa(i)+"\n")
	}
}
