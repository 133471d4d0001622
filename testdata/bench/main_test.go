package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/calls"
	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// TestPageIsMadeOfResults compares docs/benchmarks.md with the committed results.
func TestPageIsMadeOfResults(t *testing.T) {
	t.Parallel()
	results, err := report.Read("results.json")
	require.NoError(t, err)
	want, err := render(results)
	require.NoError(t, err)
	got, err := os.ReadFile(filepath.Join("..", "..", "docs", "benchmarks.md"))
	require.NoError(t, err)
	require.Equal(t, want, string(got), "make bench ARGS=--page makes it of page.md and results.json")
}

// TestResultsHaveAllAims holds that no aim is left out for a section or column that
// has another name.
func TestResultsHaveAllAims(t *testing.T) {
	t.Parallel()
	results, err := report.Read("results.json")
	require.NoError(t, err)
	require.Len(t, judge(results.Sections).Rows, len(aims))
}

func TestJudge(t *testing.T) {
	t.Parallel()
	section := func(name, column string, median float64) report.Section {
		return report.Section{Name: name, Columns: []string{column}, Rows: []report.Row{{Name: peers.Ours, Cells: []report.Figure{report.Exact("", median)}}}}
	}
	table := judge([]report.Section{section("get", calls.OfBare, 1.25), section("post", calls.OfBare, 1.51)})
	require.Len(t, table.Rows, 2)
	require.Equal(t, "reached", table.Rows[0].Cells[2].String())
	require.Equal(t, "missed", table.Rows[1].Cells[2].String())
}

// TestPartsOfTheResultsAreReplaced keeps the order of the page, whatever is measured
// again.
func TestPartsOfTheResultsAreReplaced(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "results.json")
	versions, err := bench.Versions(t.Context())
	require.NoError(t, err)
	old := &report.Results{Machine: machine(), Versions: versions, Sections: []report.Section{
		{Name: "get", Of: "calls", Date: "2026-11-27"}, {Name: "size", Of: "size", Date: "2026-11-27"}, {Name: "fake", Of: "fake", Date: "2026-11-27"},
	}}
	require.NoError(t, old.Write(file))
	again := report.Section{Name: "size", Of: "size", Date: "2026-11-28"}

	results, err := begin(t.Context(), &options{only: []string{"size"}}, file)
	require.NoError(t, err)
	add(results, []report.Section{again})
	require.Equal(t, []report.Section{old.Sections[0], again, old.Sections[2]}, results.Sections)

	results, err = begin(t.Context(), &options{}, file)
	require.NoError(t, err)
	require.Empty(t, results.Sections, "a whole run keeps nothing")
	results, err = begin(t.Context(), &options{only: []string{"size"}}, file+".gone")
	require.NoError(t, err)
	require.Empty(t, results.Sections, "the first run has nothing to keep")

	old.Machine.CPU = "another"
	require.NoError(t, old.Write(file))
	_, err = begin(t.Context(), &options{only: []string{"size"}}, file)
	require.ErrorContains(t, err, "measure all")
}

func TestFlags(t *testing.T) {
	t.Parallel()
	opts, err := parse([]string{"--only", "calls,parts", "--rounds", "3", "--compare"}, io.Discard)
	require.NoError(t, err)
	require.Equal(t, []string{"calls", "parts"}, opts.only)
	require.Equal(t, 3, opts.settings.Rounds)
	require.True(t, opts.compare)
	require.False(t, opts.write)

	opts, err = parse([]string{"--write"}, io.Discard)
	require.NoError(t, err)
	require.Nil(t, opts.only)
	require.Equal(t, 7, opts.settings.Rounds)
	require.True(t, opts.write)
	require.False(t, opts.compare)
	require.FileExists(t, filepath.Join(opts.settings.Root, "spec", "openapi.yaml"))
}

func TestWrongFlags(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--only calls,nothing":  `"nothing" is not a measurement`,
		"--only=":               `"" is not a measurement`,
		"--rounds 0":            "--rounds is 0: want 1 or more",
		"--rounds -3":           "--rounds is -3: want 1 or more",
		"--rounds many":         "invalid value",
		"--rounds 2 --compare":  "--compare wants 3 or more",
		"--only calls parts":    `"parts" is not a flag`,
		"--compare results.old": `"results.old" is not a flag`,
		"--page --only calls":   "--page measures nothing",
		"--page --write":        "--page measures nothing",
		"--compare --page":      "--page measures nothing",
		"--compare --write":     "--compare and --write do not go together",
		"--fast":                "not defined: -fast",
	} {
		_, err := parse(strings.Fields(args), io.Discard)
		require.ErrorContains(t, err, want, args)
	}
}

// TestHelp prints the flags, which is no error.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{"--help", "-h"} {
		var stdout, stderr strings.Builder
		require.NoError(t, run(t.Context(), []string{arg}, &stdout, &stderr))
		require.Empty(t, stdout.String())
		require.Contains(t, stderr.String(), "Usage of bench:")
		require.Contains(t, stderr.String(), "-compare")
	}
}

// TestNothingIsMeasuredInVain looks for what was asked to be compared before anything is
// measured.
func TestNothingIsMeasuredInVain(t *testing.T) {
	t.Chdir(t.TempDir())
	var progress strings.Builder
	err := run(t.Context(), []string{"--only", "fake", "--compare"}, io.Discard, &progress)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.Empty(t, progress.String())
}
