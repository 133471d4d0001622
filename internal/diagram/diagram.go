// Package diagram draws boxes and arrows as SVG, for the documentation. Whoever calls it says where the boxes stand; it
// knows what arrows and texts need. The same diagram makes the same bytes.
//
// It may import the standard library.
package diagram

import (
	_ "embed" // for the styles
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// Style has the colors and fonts of diagrams that stand in a page, for the style sheet of the page. They are light or dark as its
// color-scheme says.
var Style = ".diagram { display: block; max-width: 48rem; --ink: light-dark(#1f2328, #e6edf3); --line: light-dark(#59636e, #9198a1); --paper: light-dark(#ffffff, #0d1117); " +
	"--box: light-dark(#eef3fa, #1c2736); --good: light-dark(#e3f4e6, #16301d); --bad: light-dark(#fdeaea, #3a1d1f); }\n" + rules

// alone has them for an image that stands alone, which is light or dark as the system is.
const alone = `svg { --ink: #1f2328; --line: #59636e; --paper: #ffffff; --box: #eef3fa; --good: #e3f4e6; --bad: #fdeaea; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --line: #9198a1; --paper: #0d1117; --box: #1c2736; --good: #16301d; --bad: #3a1d1f; }
}
`

//go:embed diagram.css
var rules string

// A Diagram is boxes on a grid, and arrows between them.
type Diagram struct {
	Name          string // of its file, and of what is in it: a word
	Title, About  string // for those who cannot see it
	Columns, Rows float64
	CellWidth     float64 // of the grid, in pixels; a box stands in the middle of a cell
	CellHeight    float64
	BoxWidth      float64 // at least; a box is as wide as its longest line
	Boxes         []Box
	Arrows        []Arrow
}

// A Box is a thing with a name and some words about it.
type Box struct {
	ID          string // that arrows name
	Column, Row float64
	Title       string
	Lines       []string // below the title
	Kind        Kind
}

// A Kind is what a box stands for, which decides its color.
type Kind string

// The kinds of boxes.
const (
	Step Kind = "step" // on the way
	Good Kind = "good" // what somebody wants
	Bad  Kind = "bad"  // what nobody wants
)

// An Arrow leads from one box to another.
type Arrow struct {
	From, To string
	Label    string
	Bend     float64 // how far it swings to its left, in pixels
	Along    float64 // where the label stands, from 0 to 1; 0 is the middle
	Dashed   bool
}

const (
	lineHeight = 17.0
	padding    = 11.0
	// Letters have about these widths, in the fonts of systems that have wide ones.
	letterWidth, nameWidth = 7.1, 8.4
)

// SVG draws a diagram. It fails when an arrow names a box that is not there.
func (d *Diagram) SVG() ([]byte, error) {
	b := &strings.Builder{}
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-title %s-about">`+"\n",
		number(d.Columns*d.CellWidth), number(d.Rows*d.CellHeight), d.Name, d.Name)
	fmt.Fprintf(b, `<title id="%s-title">%s</title>`+"\n"+`<desc id="%s-about">%s</desc>`+"\n", d.Name, escape(d.Title), d.Name, escape(d.About))
	fmt.Fprintf(b, "<style>\n%s%s</style>\n", alone, rules)
	boxes := map[string]Box{}
	for _, box := range d.Boxes {
		boxes[box.ID] = box
	}
	var labels []string
	for _, a := range d.Arrows {
		from, known := boxes[a.From]
		to, knownTo := boxes[a.To]
		if !known || !knownTo {
			return nil, fmt.Errorf("an arrow leads from %q to %q, and one of them is no box", a.From, a.To)
		}
		labels = append(labels, d.arrow(b, a, from, to))
	}
	for _, box := range d.Boxes {
		d.box(b, box)
	}
	b.WriteString(strings.Join(labels, "") + "</svg>\n") // above all, so that no line crosses a word
	return []byte(b.String()), nil
}

func (d *Diagram) box(b *strings.Builder, box Box) {
	r := d.place(box)
	fmt.Fprintf(b, `<g class="box %s"><rect x="%s" y="%s" width="%s" height="%s" rx="7"/>`, box.Kind,
		number(r.x-r.w), number(r.y-r.h), number(2*r.w), number(2*r.h))
	y := r.y - r.h + padding + 13
	fmt.Fprintf(b, `<text class="name" x="%s" y="%s" text-anchor="middle">%s</text>`, number(r.x), number(y), escape(box.Title))
	for i, line := range box.Lines {
		fmt.Fprintf(b, `<text x="%s" y="%s" text-anchor="middle">%s</text>`, number(r.x), number(y+lineHeight*float64(i+1)), escape(line))
	}
	b.WriteString("</g>\n")
}

// arrow draws an arrow, and returns its label.
func (d *Diagram) arrow(b *strings.Builder, a Arrow, from, to Box) (label string) {
	p, q := d.place(from), d.place(to)
	dx, dy := q.x-p.x, q.y-p.y
	length := math.Hypot(dx, dy)
	// The control point of the curve is twice as far off as its middle comes.
	cx, cy := (p.x+q.x)/2+2*a.Bend*dy/length, (p.y+q.y)/2-2*a.Bend*dx/length
	x1, y1 := p.edge(cx, cy)
	x2, y2 := q.edge(cx, cy)
	class := "arrow"
	if a.Dashed {
		class += " dashed"
	}
	fmt.Fprintf(b, `<path class="%s" d="M%s %sQ%s %s %s %s"/>`, class, number(x1), number(y1), number(cx), number(cy), number(x2), number(y2))
	angle := math.Atan2(y2-cy, x2-cx)
	fmt.Fprintf(b, `<path class="head" d="M%s %sL%s %sL%s %sZ"/>`+"\n", number(x2), number(y2),
		number(x2-9*math.Cos(angle-0.4)), number(y2-9*math.Sin(angle-0.4)), number(x2-9*math.Cos(angle+0.4)), number(y2-9*math.Sin(angle+0.4)))
	if a.Label == "" {
		return ""
	}
	t := a.Along
	if t == 0 {
		t = 0.5
	}
	x := (1-t)*(1-t)*x1 + 2*t*(1-t)*cx + t*t*x2
	y := (1-t)*(1-t)*y1 + 2*t*(1-t)*cy + t*t*y2
	return fmt.Sprintf(`<text class="label" x="%s" y="%s" text-anchor="middle">%s</text>`+"\n", number(x), number(y+4), escape(a.Label))
}

// area is where a box stands: its middle, and half of its size.
type area struct{ x, y, w, h float64 }

func (d *Diagram) place(box Box) area {
	width := max(d.BoxWidth, 2*padding+nameWidth*float64(len(box.Title)))
	for _, line := range box.Lines {
		width = max(width, 2*padding+letterWidth*float64(len(line)))
	}
	return area{(box.Column + 0.5) * d.CellWidth, (box.Row + 0.5) * d.CellHeight, width / 2, padding + lineHeight*float64(len(box.Lines)+1)/2}
}

// edge returns where a line from the middle to a point leaves the area, with some space.
func (r area) edge(x, y float64) (float64, float64) {
	dx, dy := x-r.x, y-r.y
	t := math.Min((r.w+3)/math.Max(math.Abs(dx), 1e-9), (r.h+3)/math.Max(math.Abs(dy), 1e-9))
	return r.x + t*dx, r.y + t*dy
}

// number prints a number with at most one digit behind the point.
func number(f float64) string {
	text := strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0")
	if text == "-0" {
		return "0"
	}
	return text
}

func escape(text string) string {
	b := &strings.Builder{}
	_ = xml.EscapeText(b, []byte(text)) // which only fails when a writer does
	return b.String()
}
