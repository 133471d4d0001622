package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
)

// TestDiffOfHistory compares two versions of the official SDK that are two majors apart:
// everything that broke can be avoided.
func TestDiffOfHistory(t *testing.T) {
	t.Parallel()
	const golden = "../../golden/upstream/diff-v5.9.8-v7.0.0.txt"
	args := []string{"diff", "../../testdata/upstream/cs-v5.9.8.yaml", "../../testdata/upstream/cs-v7.0.0.yaml", "--level", "breaking"}
	var stdout, stderr bytes.Buffer
	code := run(args, strings.NewReader(""), &stdout, &stderr)
	require.Equal(t, cli.Findings, code, stderr.String())
	want, err := os.ReadFile(golden)
	if *update && stdout.String() != string(want) {
		require.NoError(t, os.WriteFile(golden, stdout.Bytes(), 0o600))
		t.Fatal("updated; look at the difference and run again without -update")
	}
	require.NoError(t, err)
	assert.Equal(t, string(want), stdout.String(), "%s", diff.Diff("want", want, "got", stdout.Bytes()))
}
