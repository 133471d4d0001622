package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/limits"
)

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file string
		args []string
		want string
	}{
		"limits of another Go": {"go: go1.0\n", nil, "and the limits are for go1.0, with which"},
		"what is no limits":    {"go: {}\n", nil, "parse limits: "},
		"unknown flags":        {"go: go1.0\n", []string{"--raise"}, "unknown flag: --raise"},
		"a missing file":       {"", nil, "read limits: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			if tt.file != "" {
				require.NoError(t, os.WriteFile(filepath.Join(root, "budgets.yaml"), []byte(tt.file), 0o600))
			}
			var out strings.Builder
			require.ErrorContains(t, run(t.Context(), root, tt.args, &out), tt.want)
			assert.Empty(t, out.String())
		})
	}
}

func TestReportSaysWhatToDo(t *testing.T) {
	t.Parallel()
	groups := []limits.Group{{Name: "allocations", Numbers: []limits.Number{{Name: "GET", Value: 34}}}}
	var out strings.Builder
	require.NoError(t, report(&out, limits.Compare(groups, limits.Limits{Numbers: map[string]map[string]int{"allocations": {"GET": 34}}})))
	assert.NotContains(t, out.String(), "--write")
	out.Reset()
	result := limits.Compare(groups, limits.Limits{Numbers: map[string]map[string]int{"allocations": {"GET": 33}}})
	require.EqualError(t, report(&out, result), "limits that do not hold: 1")
	assert.Contains(t, out.String(), "  GET          34          33  GROWN\n")
	assert.Contains(t, out.String(), "\nallocations, GET: is 34, 1 above the limit of 33\n")
	assert.Contains(t, out.String(), "make budgets ARGS=--write")
}

// TestMakefilePinsGo holds that make runs the version that the limits are for.
func TestMakefilePinsGo(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..")
	text, err := os.ReadFile(filepath.Join(root, "budgets.yaml"))
	require.NoError(t, err)
	committed, err := limits.Parse(text)
	require.NoError(t, err)
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	require.NoError(t, err)
	pinned := regexp.MustCompile(`(?m)^PINNED_GO := (\S+)$`).FindStringSubmatch(string(makefile))
	require.Len(t, pinned, 2)
	assert.Equal(t, committed.Go, pinned[1])
}
