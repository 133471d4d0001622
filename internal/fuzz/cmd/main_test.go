package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRefuses refuses what does not say which targets run, before any does.
func TestRefuses(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"FuzzReserve":             `"FuzzReserve" is no flag: --only=EXPRESSION takes some`,
		"--only=A FuzzReserve":    `"FuzzReserve" is no flag`,
		"--for 1ns -- --only=A":   `"--only=A" is no flag`,
		"--only=":                 "--only is empty",
		"--only=(":                "read --only: ",
		"--for= --only=A":         `"" is not a duration`,
		"--fast":                  "unknown flag: --fast",
		"--for=1ns --only=A --go": "flag needs an argument: --go",
	} {
		require.ErrorContains(t, run(strings.Fields(args)), want, args)
	}
	require.NoError(t, run([]string{"--help"}))
}

func TestFlags(t *testing.T) {
	t.Parallel()
	config, err := parse([]string{"--for", "1000x", "--go", "go1", "--only=roa Fuzz[AB]"})
	require.NoError(t, err)
	assert.Equal(t, "1000x", config.Time)
	assert.Equal(t, "go1", config.Go)
	assert.Equal(t, "roa Fuzz[AB]", config.Only.String())
	config, err = parse(nil)
	require.NoError(t, err)
	assert.Equal(t, "30s", config.Time)
	assert.Nil(t, config.Only)
}
