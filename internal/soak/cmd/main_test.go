package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain makes the test the program itself, and with that its server.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-test.") {
		main()
		return
	}
	os.Exit(m.Run()) //nolint:forbidigo // is the main function of the test
}

// TestProgram is interrupted, and ends with its table.
func TestProgram(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	require.NoError(t, err)
	command := exec.CommandContext(t.Context(), program, "--for=24h", "--workers=1", "--accounts=1", "--seed=4") //nolint:gosec // this test
	command.Stderr = t.Output()
	pipe, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	lines := bufio.NewScanner(pipe)
	require.True(t, lines.Scan(), "it begins")
	assert.Contains(t, lines.Text(), "soak: seed 4, 1 workers of 1 accounts, at ")
	require.NoError(t, command.Process.Signal(os.Interrupt))
	var rest strings.Builder
	for lines.Scan() {
		rest.WriteString(lines.Text() + "\n")
	}
	require.NoError(t, command.Wait())
	assert.Contains(t, rest.String(), "Nothing was lost or done twice")
}

// TestRefuses refuses what would check nothing, before the server starts.
func TestRefuses(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--for 0s":              "--for is 0s: want a duration above 0",
		"--for -5s":             "--for is -5s: want a duration above 0",
		"--for soon":            "invalid argument",
		"--window 0s":           "--window is 0s: want a duration above 0",
		"--window -1s":          "--window is -1s: want a duration above 0",
		"--workers 0":           "--workers is 0: want 1 or more",
		"--workers -1":          "--workers is -1: want 1 or more",
		"--accounts 0":          "--accounts is 0: want 1 or more",
		"--accounts -1":         "--accounts is -1: want 1 or more",
		"10m":                   `"10m" is no flag`,
		"serve --for 1ns":       `"serve" is no flag`,
		"--for 1ns -- --seed=7": `"--seed=7" is no flag`,
		"--fast":                "unknown flag: --fast",
	} {
		_, err := parse(strings.Fields(args))
		require.ErrorContains(t, err, want, args)
		require.ErrorContains(t, run(strings.Fields(args)), want, args)
	}
	require.NoError(t, run([]string{"--help"}))
}

func TestFlags(t *testing.T) {
	t.Parallel()
	config, err := parse([]string{"--for", "1m", "--seed=7"})
	require.NoError(t, err)
	assert.Equal(t, time.Minute, config.For)
	assert.Equal(t, 30*time.Second, config.Window)
	assert.Equal(t, uint64(7), config.Seed)
	assert.Equal(t, 24, config.Workers)
	assert.Equal(t, 6, config.Accounts)
}
