package report

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func table(cells ...Figure) Section {
	return Section{
		Name: "calls", Title: "Calls", Text: "What they cost.", Head: "client", Columns: []string{"CPU", "allocations"},
		Rows: []Row{{Name: "ours", Cells: cells}},
	}
}

func TestMedianIsInTheMiddle(t *testing.T) {
	t.Parallel()
	require.Equal(t, Figure{Median: 2, Low: 1, High: 9, Unit: "s"}, Median("s", 9, 1, 2))
	require.Equal(t, Figure{Median: 2.5, Low: 1, High: 9}, Median("", 9, 3, 1, 2))
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	section := table(Median("µs", 101.26, 98.61, 131), Exact("", 12345))
	require.Equal(t, `## Calls

What they cost.

| client | CPU | allocations |
| --- | ---: | ---: |
| ours | 101 µs (98.6–131) | 12,345 |
`, section.Markdown(2))
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for value, want := range map[float64]string{
		0: "0", 0.01234: "0.0123", 0.5: "0.500", 1.25: "1.25", 3: "3", 52.34: "52.3", 999.6: "1,000", 442157: "442,157", 1234567: "1,234,567",
		-1234.4: "-1,234", -2.5: "-2.50",
	} {
		require.Equal(t, want, number(value), value)
	}
}

func TestFigureWithoutSpreadOrValue(t *testing.T) {
	t.Parallel()
	require.Equal(t, "88.5", Median("", 88.51, 88.49, 88.5).String())
	require.Equal(t, "cannot", Missing("cannot").String())
}

func TestRatiosAreOfTheSameRound(t *testing.T) {
	t.Parallel()
	require.Equal(t, []float64{0.5, 2}, Ratios([]float64{1, 4}, []float64{2, 2}))
}

func TestCompareTellsWhatDiffers(t *testing.T) {
	t.Parallel()
	old := []Section{table(Median("µs", 10, 11, 12), Exact("", 5))}
	require.Equal(t, "2 of 2 figures agree within their spread\n", Compare(old, []Section{table(Median("µs", 12, 13), Exact("", 5))}).String())

	slower := table(Median("µs", 13, 14), Exact("", 6))
	slower.Rows = append(slower.Rows, Row{Name: "theirs", Cells: []Figure{Exact("", 1)}})
	slower.Columns[1] = "allocations"
	slower.Rows[1].Cells = append(slower.Rows[1].Cells, Exact("", 1))
	require.Equal(t, `0 of 2 figures agree within their spread
differs: calls, ours, CPU: was 11 µs (10–12), is 13.5 µs (13–14)
differs: calls, ours, allocations: was 5, is 6
new: calls, theirs, CPU
new: calls, theirs, allocations
new: parts
`, Compare(old, []Section{slower, {Name: "parts"}}).String())
}

func TestResultsSurviveTheirFile(t *testing.T) {
	t.Parallel()
	want := &Results{
		Date: "2026-11-28", Machine: Machine{CPU: "x", Cores: 2, OS: "linux/amd64", Go: "go1.26.0"},
		Versions: []Version{{"ogen", "v1"}}, Sections: []Section{table(Median("µs", 1, 2), Missing("why"))},
	}
	file := filepath.Join(t.TempDir(), "results.json")
	require.NoError(t, want.Write(file))
	got, err := Read(file)
	require.NoError(t, err)
	require.Equal(t, want, got)
}
