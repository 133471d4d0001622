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
	require.Equal(t, Figure{Median: 2, Low: 1, High: 9, Unit: "s", Rounds: 3}, Median("s", 9, 1, 2))
	require.Equal(t, Figure{Median: 2.5, Low: 1, High: 9, Rounds: 4}, Median("", 9, 3, 1, 2))
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	section := table(Median("µs", 101.26, 98.61, 131), Exact("", 12345))
	require.Equal(t, `## Calls

What they cost. Medians of 3 rounds.

| client | CPU | allocations |
| --- | ---: | ---: |
| ours | 101 µs (98.6–131) | 12,345 |
`, section.Markdown(2))

	exact := Section{Title: "Packages", Columns: []string{"lines"}, Rows: []Row{{"ours", []Figure{Exact("", 7)}}}}
	require.Equal(t, "## Packages\n\n|  | lines |\n| --- | ---: |\n| ours | 7 |\n", exact.Markdown(2))
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

func TestJudgeGoesByTheSpread(t *testing.T) {
	t.Parallel()
	measured := Median("µs", 10, 11, 12)
	for name, c := range map[string]struct {
		was, is Figure
		want    Verdict
	}{
		"the same":           {measured, measured, Agrees},
		"touching below":     {measured, Median("µs", 8, 9, 10), Agrees},
		"touching above":     {measured, Median("µs", 12, 13, 14), Agrees},
		"above":              {measured, Median("µs", 13, 14, 15), Differs},
		"below":              {measured, Median("µs", 7, 8, 9), Differs},
		"around":             {measured, Median("µs", 1, 11, 50), Agrees},
		"no spread, near":    {Median("", 100, 100, 100), Median("", 101, 101, 101), Agrees},
		"no spread, farther": {Median("", 100, 100, 100), Median("", 102, 102, 102), Differs},
		"few rounds":         {Median("s", 30), Median("s", 40), TooFew},
		"one of few rounds":  {Median("s", 30, 31, 32), Median("s", 40, 41), TooFew},
		"exact":              {Exact("", 5), Exact("", 5), Agrees},
		"exact and near":     {Exact("", 1000), Exact("", 1001), Differs},
		"no longer exact":    {Exact("", 11), measured, Differs},
		"no longer measured": {measured, Missing("why"), Differs},
		"not measured":       {Missing("why"), Missing("why"), Agrees},
		"zero":               {Median("", 0, 0, 0), Median("", 0, 0, 0), Agrees},
	} {
		require.Equal(t, c.want, judge(c.was, c.is), name)
	}
}

func TestCompareTellsOfAllFigures(t *testing.T) {
	t.Parallel()
	old := []Section{table(Median("µs", 10, 11, 12), Exact("", 5)), {Name: "not asked for", Columns: []string{"x"}, Rows: []Row{{"y", []Figure{Exact("", 1)}}}}}
	require.Equal(t, `agrees      calls, ours, CPU: was 11 µs (10–12), is 12 µs (11–13)
agrees      calls, ours, allocations: was 5, is 5

CPU: 1 of 1 agree
allocations: 1 of 1 agree

The runs agree: all 2 figures are within the spread.
`, Compare(old, []Section{table(Median("µs", 11, 12, 13), Exact("", 5))}).String())

	latest := table(Median("µs", 13, 14, 15), Exact("", 5))
	latest.Columns = []string{"CPU", "bytes"}
	require.Equal(t, `differs     calls, ours, CPU: was 11 µs (10–12), is 14 µs (13–15)
new         calls, ours, bytes: 5
gone        calls, ours, allocations: 5
new         parts, y, x: 1

CPU: 0 of 1 agree

The runs differ: 1 of 1 figures are not within the spread.
`, Compare(old, []Section{latest, {Name: "parts", Columns: []string{"x"}, Rows: []Row{{"y", []Figure{Exact("", 1)}}}}}).String())
}

func TestNothingToCompare(t *testing.T) {
	t.Parallel()
	require.Contains(t, Compare(nil, []Section{table(Median("µs", 1), Exact("", 5))}).String(), "No figure of one run is in the other.")
	once := []Section{table(Median("µs", 1), Median("", 5))}
	text := Compare(once, []Section{table(Median("µs", 2), Median("", 6))}).String()
	require.Contains(t, text, "few rounds  calls, ours, CPU: was 1 µs, is 2 µs")
	require.NotContains(t, text, "agree:")
	require.Contains(t, text, "measured less than 3 times, so that nothing tells how much they vary: 2.\n")
}

func TestMedian(t *testing.T) {
	t.Parallel()
	results := &Results{Sections: []Section{table(Median("µs", 1, 2, 9), Exact("", 12345))}}
	text, err := results.Median("calls", "ours", "CPU")
	require.NoError(t, err)
	require.Equal(t, "2 µs", text)
	for _, name := range [][3]string{{"call", "ours", "CPU"}, {"calls", "theirs", "CPU"}, {"calls", "ours", "memory"}} {
		_, err := results.Median(name[0], name[1], name[2])
		require.ErrorContains(t, err, "nothing is measured as "+name[0])
	}
}

func TestResultsSurviveTheirFile(t *testing.T) {
	t.Parallel()
	want := &Results{
		Machine:  Machine{CPU: "x", Cores: 2, OS: "linux/amd64", Go: "go1.26.0"},
		Versions: []Version{{"ogen", "v1"}}, Sections: []Section{table(Median("µs", 1, 2), Missing("why"))},
	}
	file := filepath.Join(t.TempDir(), "results.json")
	require.NoError(t, want.Write(file))
	got, err := Read(file)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestKeepWhatIsNotMeasuredAgain(t *testing.T) {
	t.Parallel()
	machine := Machine{CPU: "x", Cores: 2}
	old := &Results{Machine: machine, Versions: []Version{{"ogen", "v1"}}, Sections: []Section{
		{Name: "get", Of: "calls", Date: "2026-11-28"}, {Name: "post", Of: "calls", Date: "2026-11-28"},
		{Name: "fake", Of: "fake", Date: "2026-11-26"}, {Name: "size", Of: "size", Date: "2026-11-27"},
	}}
	latest := &Results{Machine: machine, Versions: []Version{{"ogen", "v1"}}}
	require.NoError(t, latest.Keep(old, []string{"size"}))
	require.Equal(t, old.Sections[:3], latest.Sections)
	require.Equal(t, "2026-11-26 to 2026-11-28", latest.Days())
	require.Equal(t, "2026-11-28", (&Results{Sections: latest.Sections[:1]}).Days())
	require.Equal(t, "no day", new(Results).Days())
}

func TestKeepRefusesOtherMachinesAndVersions(t *testing.T) {
	t.Parallel()
	old := []Section{{Name: "get", Of: "calls"}}
	latest := &Results{Machine: Machine{CPU: "x", Cores: 2, Go: "go1.26.0"}, Versions: []Version{{"ogen", "v1"}}}
	require.ErrorContains(t, latest.Keep(&Results{Machine: Machine{CPU: "y", Cores: 4}, Sections: old}, nil), "another machine (y, 4 cores")
	require.ErrorContains(t, latest.Keep(&Results{Machine: latest.Machine, Versions: []Version{{"ogen", "v2"}}, Sections: old}, nil), "other versions ([{ogen v2}])")
	require.Empty(t, latest.Sections)
}
