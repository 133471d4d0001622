package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Markdown prints a section with a heading of the given level.
func (s *Section) Markdown(level int) string {
	var out strings.Builder
	out.WriteString(strings.Repeat("#", level) + " " + s.Title + "\n\n")
	if text := strings.TrimSpace(s.Text + " " + s.rounds()); text != "" {
		out.WriteString(text + "\n\n")
	}
	writeRow(&out, s.Head, s.Columns)
	writeRow(&out, "---", slices.Repeat([]string{"---:"}, len(s.Columns)))
	for _, row := range s.Rows {
		cells := make([]string, len(row.Cells))
		for i, figure := range row.Cells {
			cells[i] = figure.String()
		}
		writeRow(&out, row.Name, cells)
	}
	return out.String()
}

// rounds says of how many rounds the figures are, as the median of seven tells less than that of fourteen.
func (s *Section) rounds() string {
	most := 0
	for _, row := range s.Rows {
		for _, figure := range row.Cells {
			most = max(most, figure.Rounds)
		}
	}
	if most == 0 {
		return ""
	}
	return fmt.Sprintf("Medians of %d rounds.", most)
}

func writeRow(out *strings.Builder, name string, cells []string) {
	out.WriteString("| " + name)
	for _, cell := range cells {
		out.WriteString(" | " + strings.ReplaceAll(cell, "|", `\|`))
	}
	out.WriteString(" |\n")
}

// String prints a figure with its unit, and with its spread unless it is exact.
func (f Figure) String() string {
	if f.Note != "" {
		return f.Note
	}
	text := number(f.Median)
	if f.Unit != "" {
		text += " " + f.Unit
	}
	if low, high := number(f.Low), number(f.High); !f.Exact && low != high {
		text += " (" + low + "–" + high + ")"
	}
	return text
}

// number prints three digits, or all those before the point with commas.
func number(value float64) string {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return strconv.FormatFloat(value, 'g', -1, 64)
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(value))))
	if digits > 0 {
		text := strconv.FormatFloat(value, 'f', digits, 64)
		if value == math.Trunc(value) {
			text = strconv.FormatFloat(value, 'f', 0, 64)
		}
		return text
	}
	return commas(strconv.FormatFloat(math.Abs(value), 'f', 0, 64), value < 0)
}

func commas(digits string, negative bool) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if negative {
		return "-" + digits
	}
	return digits
}
