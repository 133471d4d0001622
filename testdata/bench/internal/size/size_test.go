package size

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

func TestRowTellsWhatIsAdded(t *testing.T) {
	t.Parallel()
	require.Equal(t, report.Row{Name: "ours", Cells: []report.Figure{report.Exact("", 3), report.Exact("", -1)}},
		row("ours", []int64{10, 19}, []int64{7, 20}))
}

func TestWriteLeavesNothingOfTheProgramBefore(t *testing.T) {
	t.Parallel()
	set := &bench.Settings{Root: filepath.Join("..", "..", "..", "..")}
	folder := t.TempDir()
	require.NoError(t, write(folder, sources(set, "ours")...))
	require.Equal(t, []string{"main.go", "methods.go", "ten.go"}, names(t, folder))
	require.NoError(t, write(folder, sources(set, "ogen")...))
	require.Equal(t, []string{"main.go", "methods.go", "one.go", "ten.go"}, names(t, folder))
	require.NoError(t, write(folder, baseline(set)))
	require.Equal(t, []string{"main.go", "methods.go"}, names(t, folder))
	require.ErrorIs(t, write(folder, sources(set, "nowhere")...), os.ErrNotExist)
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}
