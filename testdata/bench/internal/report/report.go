// Package report holds what benchmarks found as plain data: sections with a table
// each. It prints them as Markdown, keeps them as JSON, and tells how the figures of
// two runs differ. It imports no other package of this module.
package report

import "slices"

// Section is one table and what it says.
type Section struct {
	Name    string   `json:"name"`
	Of      string   `json:"of"`   // the measurement that made it, which flags name
	Date    string   `json:"date"` // when that was
	Title   string   `json:"title"`
	Text    string   `json:"text,omitempty"` // above the table, Markdown
	Head    string   `json:"head,omitempty"` // of the column with the names of rows
	Columns []string `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Row has one figure for each column.
type Row struct {
	Name  string   `json:"name"`
	Cells []Figure `json:"cells"`
}

// Figure is what was measured, in the middle of all rounds, with the lowest and the
// highest round. A figure with a note was not measured; the note says why.
type Figure struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Unit   string  `json:"unit,omitempty"`
	Rounds int     `json:"rounds,omitempty"`
	Exact  bool    `json:"exact,omitempty"` // the same in each run on the same machine
	Note   string  `json:"note,omitempty"`
}

// Median is the figure of the values of all rounds.
func Median(unit string, values ...float64) Figure {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return Figure{Median: (sorted[(n-1)/2] + sorted[n/2]) / 2, Low: sorted[0], High: sorted[n-1], Unit: unit, Rounds: n}
}

// Exact is the figure of what does not depend on chance.
func Exact(unit string, value float64) Figure {
	return Figure{Median: value, Low: value, High: value, Unit: unit, Exact: true}
}

// Missing is the figure of what was not measured.
func Missing(why string) Figure { return Figure{Note: why} }

// Figure finds the figure of a row and a column.
func (s *Section) Figure(row, column string) (Figure, bool) {
	r := slices.IndexFunc(s.Rows, func(r Row) bool { return r.Name == row })
	c := slices.Index(s.Columns, column)
	if r < 0 || c < 0 || c >= len(s.Rows[r].Cells) {
		return Figure{}, false
	}
	return s.Rows[r].Cells[c], true
}

// Find finds the section of a name.
func Find(sections []Section, name string) (*Section, bool) {
	i := slices.IndexFunc(sections, func(s Section) bool { return s.Name == name })
	if i < 0 {
		return nil, false
	}
	return &sections[i], true
}

// Ratios divides the values of each round by those of the same round, since what
// disturbs a round disturbs all of it.
func Ratios(values, by []float64) []float64 {
	ratios := make([]float64, min(len(values), len(by)))
	for i := range ratios {
		ratios[i] = values[i] / by[i]
	}
	return ratios
}
