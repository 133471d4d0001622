// Package page prints a review as one HTML page that needs nothing else: no script, no
// font, no image, no network. Its policy forbids them, so that no text of a spec can
// bring any.
//
// It may import its siblings change, review and visible, and the standard library.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the template and the style
	"encoding/base64"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/internal/visible"
)

// Mark starts every page. A file without it is not replaced by one.
const Mark = "<!doctype html><!-- specgen review -->\n"

//go:embed page.gohtml
var layout string

//go:embed page.css
var style string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"line": visible.Line, "lined": visible.Block, "segments": visible.Segments, "lines": review.Lines, "count": count,
}).Parse(layout))

// HTML prints a review. The same review makes the same bytes.
func HTML(r *review.Review) ([]byte, error) {
	b := bytes.NewBufferString(Mark)
	if err := page.Execute(b, newView(r)); err != nil {
		return nil, fmt.Errorf("print the page: %w", err)
	}
	return b.Bytes(), nil
}

// policy allows the style of the page, and nothing else that pages may do.
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// view is a review in the form of the page.
type view struct {
	*review.Review
	Style  template.CSS
	Policy string
	// Waiting are the breaks without approval.
	Waiting []item
	Forcing *item
	Areas   []area
	Groups  []declarations
	// Samples are the examples of operations that base has, NewSamples those of others.
	Samples, NewSamples []samples
}

// item is a change with the name of its place on the page.
type item struct {
	review.Change
	Anchor string
}

// Reaches reports whether the operations of the change have to be told: a subject
// that begins with its only one says it.
func (i item) Reaches() bool {
	first, _, _ := strings.Cut(i.Subject, " ")
	return len(i.Operations) > 1 || len(i.Operations) == 1 && i.Operations[0] != first
}

// area is a part of the page: the changes of one kind of API.
type area struct {
	Anchor, Title, About string
	Total                int
	Levels               []level
}

// level holds the changes of an area that have the same level.
type level struct {
	Level  change.Level
	Total  int
	Unfold bool
	Kinds  []kind
}

// kind holds changes of one kind. A list without a name is not folded.
type kind struct {
	Name    string
	Changes []item
}

// many is the number of harmless changes above which they are folded by kind.
const many = 30

// declarations are those of one package: the new ones apart, which may be many.
type declarations struct {
	Package      string
	Changed, New []review.Declaration
}

// samples are the examples of one operation.
type samples struct {
	Operation   string
	Differ, New bool
	List        []review.Example
}

func newView(r *review.Review) view {
	v := view{Review: r, Style: template.CSS(style), Policy: policy()} //nolint:gosec // it is a file of this package
	areas := []area{
		{Anchor: "wire", Title: "On the wire", About: "What programs and the service send each other, and what the spec says of it."},
		{Anchor: "go", Title: "In Go", About: "What the client, its mocks and the runtime export."},
	}
	anchors := map[string]int{}
	for _, c := range r.Changes {
		anchors[c.ID]++
		entry := item{c, "c-" + c.ID}
		if n := anchors[c.ID]; n > 1 {
			entry.Anchor = fmt.Sprintf("c-%s-%d", c.ID, n)
		}
		if c.Open() {
			v.Waiting = append(v.Waiting, entry)
		}
		if f := r.Version.Forcing; f != nil && f.ID == c.ID && v.Forcing == nil {
			v.Forcing = &entry
		}
		of := &areas[0]
		if c.Area == change.Go {
			of = &areas[1]
		}
		of.add(entry)
	}
	for _, a := range areas {
		for i := range a.Levels {
			a.Levels[i].fold()
		}
	}
	v.Areas = areas
	v.group()
	return v
}

// add adds a change behind those of its level, which come one after the other.
func (a *area) add(c item) {
	a.Total++
	if n := len(a.Levels); n == 0 || a.Levels[n-1].Level != c.Level {
		a.Levels = append(a.Levels, level{Level: c.Level, Unfold: c.Level >= change.Risky, Kinds: []kind{{}}})
	}
	last := &a.Levels[len(a.Levels)-1]
	last.Total++
	last.Kinds[0].Changes = append(last.Kinds[0].Changes, c)
}

// fold puts many harmless changes together by kind.
func (l *level) fold() {
	if l.Unfold || l.Total <= many {
		return
	}
	byKind := map[string][]item{}
	for _, c := range l.Kinds[0].Changes {
		byKind[c.Kind] = append(byKind[c.Kind], c)
	}
	l.Kinds = nil
	for _, name := range slices.Sorted(maps.Keys(byKind)) {
		l.Kinds = append(l.Kinds, kind{name, byKind[name]})
	}
}

// group puts declarations together by package, and examples by operation.
func (v *view) group() {
	for _, d := range v.Declarations {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Package != d.Package {
			v.Groups = append(v.Groups, declarations{Package: d.Package})
		}
		last := &v.Groups[len(v.Groups)-1]
		if d.Base == "" {
			last.New = append(last.New, d)
		} else {
			last.Changed = append(last.Changed, d)
		}
	}
	var all []samples
	for _, e := range v.Examples {
		if n := len(all); n == 0 || all[n-1].Operation != e.Operation {
			all = append(all, samples{Operation: e.Operation, New: true})
		}
		last := &all[len(all)-1]
		last.List = append(last.List, e)
		last.Differ = last.Differ || e.Base != e.Head
		last.New = last.New && e.Base == ""
	}
	for _, s := range all {
		if s.New {
			v.NewSamples = append(v.NewSamples, s)
		} else {
			v.Samples = append(v.Samples, s)
		}
	}
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
