package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Verdict says whether a figure is the same in two runs.
type Verdict string

// The verdicts.
const (
	Agrees  Verdict = "agrees"
	Differs Verdict = "differs"
	TooFew  Verdict = "few rounds" // to tell a spread
	New     Verdict = "new"
	Gone    Verdict = "gone"
)

// Enough rounds show a spread.
const Enough = 3

// near is a difference, as a part of the whole, that is none: what a process allocates beside
// its calls has no spread, and still is not the same each time.
const near = 0.01

// Compared is a figure in two runs.
type Compared struct {
	Section, Row, Column string
	Was, Is              Figure
	Verdict              Verdict
}

// Comparison is all figures of two runs.
type Comparison []Compared

// Compare compares the sections of two runs by their names, and figures by those of their
// row and column. Sections that only the old run has were not asked for.
func Compare(old, latest []Section) Comparison {
	var all Comparison
	for i := range latest {
		before, ok := Find(old, latest[i].Name)
		if !ok {
			before = new(Section)
		}
		all = append(all, compareSection(before, &latest[i])...)
	}
	return all
}

func compareSection(old, latest *Section) Comparison {
	var all Comparison
	for _, row := range latest.Rows {
		for i, column := range latest.Columns {
			c := Compared{Section: latest.Name, Row: row.Name, Column: column, Is: row.Cells[i], Verdict: New}
			if was, ok := old.Figure(row.Name, column); ok {
				c.Was, c.Verdict = was, judge(was, c.Is)
			}
			all = append(all, c)
		}
	}
	for _, row := range old.Rows {
		for i, column := range old.Columns {
			if _, ok := latest.Figure(row.Name, column); !ok {
				all = append(all, Compared{Section: latest.Name, Row: row.Name, Column: column, Was: row.Cells[i], Verdict: Gone})
			}
		}
	}
	return all
}

// judge tells whether two figures can be the same thing measured twice: their spreads
// have something in common, or the middles are near each other.
func judge(was, is Figure) Verdict {
	overlap := was.Low <= is.High && is.Low <= was.High
	switch {
	case was.Note != is.Note || was.Exact != is.Exact:
		return Differs
	case overlap:
		return Agrees
	case is.Exact:
		return Differs
	case math.Abs(was.Median-is.Median) <= near*math.Abs(was.Median):
		return Agrees
	case min(was.Rounds, is.Rounds) < Enough:
		return TooFew
	default:
		return Differs
	}
}

// String prints all figures, how many of each column agree, and what that makes of the
// whole.
func (c Comparison) String() string {
	var out strings.Builder
	for _, f := range c {
		fmt.Fprintf(&out, "%-10s  %s, %s, %s: ", f.Verdict, f.Section, f.Row, f.Column)
		switch f.Verdict {
		case New:
			fmt.Fprintln(&out, f.Is)
		case Gone:
			fmt.Fprintln(&out, f.Was)
		default:
			fmt.Fprintf(&out, "was %s, is %s\n", f.Was, f.Is)
		}
	}
	out.WriteString("\n" + c.columns())
	judged, differ := c.count(Agrees, Differs), c.count(Differs)
	switch {
	case judged == 0:
		out.WriteString("\nNo figure of one run is in the other.\n")
	case differ == 0:
		fmt.Fprintf(&out, "\nThe runs agree: all %d figures are within the spread.\n", judged)
	default:
		fmt.Fprintf(&out, "\nThe runs differ: %d of %d figures are not within the spread.\n", differ, judged)
	}
	if few := c.count(TooFew); few > 0 {
		fmt.Fprintf(&out, "Figures that moved and were measured less than %d times, so that nothing tells how much they vary: %d.\n", Enough, few)
	}
	return out.String()
}

// columns tells of each column how many figures agree.
func (c Comparison) columns() string {
	var out strings.Builder
	var done []string
	for _, f := range c {
		if slices.Contains(done, f.Column) {
			continue
		}
		done = append(done, f.Column)
		same := slices.DeleteFunc(slices.Clone(c), func(other Compared) bool { return other.Column != f.Column })
		if judged := same.count(Agrees, Differs); judged > 0 {
			fmt.Fprintf(&out, "%s: %d of %d agree\n", f.Column, same.count(Agrees), judged)
		}
	}
	return out.String()
}

// count tells how many figures have one of the verdicts.
func (c Comparison) count(verdicts ...Verdict) int {
	n := 0
	for _, f := range c {
		if slices.Contains(verdicts, f.Verdict) {
			n++
		}
	}
	return n
}
