package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asNoise makes the program of the tests print on the side, as apidiff does.
const asNoise = "print-on-the-side"

func printOnTheSide() {
	stdout := takeStdout()
	fmt.Println("noise") //nolint:forbidigo // what is to be lost
	_, _ = fmt.Fprintln(stdout, "kept")
}

// TestStandardOutputIsForCommands holds that nobody else prints there.
func TestStandardOutputIsForCommands(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	require.NoError(t, err)
	out, err := exec.CommandContext(t.Context(), program, asNoise).Output() //nolint:gosec // the program of the tests
	require.NoError(t, err)
	assert.Equal(t, "kept\n", string(out))
}
