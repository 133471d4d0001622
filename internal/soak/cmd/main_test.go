package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
