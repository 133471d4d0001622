package report

import "fmt"

// Comparison tells how the figures of a new run differ from those of an old one.
type Comparison struct {
	Figures int      // that both have
	Outside []string // those whose spreads have nothing in common
	Missing []string // those that only one of both has
}

// Compare compares the sections of the new run with those of the same name. Figures
// agree if their spreads overlap, and exact ones if they are equal.
func Compare(old, latest []Section) Comparison {
	var all Comparison
	for _, section := range latest {
		before, ok := Find(old, section.Name)
		if !ok {
			all.Missing = append(all.Missing, section.Name)
			continue
		}
		all.add(before, &section)
	}
	return all
}

func (c *Comparison) add(old, latest *Section) {
	for _, row := range latest.Rows {
		for i, column := range latest.Columns {
			place := latest.Name + ", " + row.Name + ", " + column
			before, ok := old.Figure(row.Name, column)
			if !ok {
				c.Missing = append(c.Missing, place)
				continue
			}
			c.Figures++
			if now := row.Cells[i]; !agree(before, now) {
				c.Outside = append(c.Outside, fmt.Sprintf("%s: was %s, is %s", place, before, now))
			}
		}
	}
}

// agree tells whether two figures can be the same thing measured twice.
func agree(a, b Figure) bool { return a.Note == b.Note && a.Low <= b.High && b.Low <= a.High }

// String prints how many figures agree, and those that do not.
func (c Comparison) String() string {
	text := fmt.Sprintf("%d of %d figures agree within their spread\n", c.Figures-len(c.Outside), c.Figures)
	for _, line := range c.Outside {
		text += "differs: " + line + "\n"
	}
	for _, line := range c.Missing {
		text += "new: " + line + "\n"
	}
	return text
}
