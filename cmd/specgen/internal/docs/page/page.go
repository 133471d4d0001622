// Package page prints the pages of a site as HTML. They are complete without script, and
// their policy lets them load nothing but the files of the site.
//
// It may import its siblings reference, history and highlight, and the standard library. Texts of a spec reach a
// page through html/template alone.
package page

import (
	"bytes"
	_ "embed" // for the style
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/history"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
)

// Style is the style sheet of all pages, which lies at [StylePath].
//
//go:embed page.css
var Style string

// StylePath is where the style sheet lies in the site.
const StylePath = "assets/page.css"

// Site is what the pages are made of.
type Site struct {
	API      *reference.API
	Snippets map[string][]Snippet // by operation
	Guides   []GuideGroup
	Releases []history.Release // the newest first; empty when nothing is released
	// HeadScripts are the paths of scripts that run before a page shows, Scripts those
	// of scripts that run when it is complete.
	HeadScripts, Scripts []string
}

// GuideNamed returns the guide whose page has a name, or nil.
func (s Site) GuideNamed(name string) *Guide {
	for _, group := range s.Guides {
		for _, g := range group.Guides {
			if g.Name == name {
				return &g
			}
		}
	}
	return nil
}

// Snippet is code that calls an operation.
type Snippet struct {
	Language string // Go or curl
	Title    string // what it shows; may be empty
	Code     template.HTML
}

// GuideGroup is a part of the navigation.
type GuideGroup struct {
	Title  string
	Guides []Guide
}

// Has reports whether a page is one of the guides.
func (g GuideGroup) Has(page string) bool {
	return slices.ContainsFunc(g.Guides, func(one Guide) bool { return one.Page() == page })
}

// Guide is a page of text.
type Guide struct {
	Name     string // of its page, without the ending
	Title    string
	Summary  string // as text; may be empty
	Body     template.HTML
	Headings []Heading
}

// Page returns the address of the guide, from the root of the site.
func (g Guide) Page() string { return "guides/" + g.Name + ".html" }

// Heading is a heading of a guide, for its table of contents.
type Heading struct {
	ID    string
	Title string
	Level int
}

// Build prints all pages, by their addresses from the root of the site. Equal sites make
// equal bytes.
func Build(site Site) (map[string][]byte, error) {
	p := printer{site: site, pages: map[string][]byte{}, at: map[string]*template.Template{}}
	for _, root := range []string{"", "../"} {
		t, err := parse(root, site.API)
		if err != nil {
			return nil, err
		}
		p.at[root] = t
	}
	p.print("index.html", "front", view{Title: site.API.Title})
	p.print("schemas.html", "schemas", view{Title: "Schemas"})
	p.print("changes.html", "changes", view{Title: "Changes"})
	if len(site.API.ErrorCodes) > 0 {
		p.print("errors.html", "codes", view{Title: "Error codes"})
	}
	p.operations()
	for _, s := range site.API.Schemas {
		p.print(s.Page(), "schema", view{Title: s.Name, Schema: s})
	}
	for _, group := range site.Guides {
		for _, g := range group.Guides {
			p.print(g.Page(), "guide", view{Title: g.Title, Guide: &g})
		}
	}
	return p.pages, p.err
}

// view is what a template sees.
type view struct {
	*Site

	Title string // of the page
	Page  string // its address
	// One of these is set on the pages of their kinds.
	Operation *reference.Operation
	Schema    *reference.Schema
	Guide     *Guide
	// Before and After are the operations around the one of the page.
	Before, After *reference.Operation
}

// printer prints pages until one fails.
type printer struct {
	site  Site
	at    map[string]*template.Template // by the way from a page to the root
	pages map[string][]byte
	err   error
}

func (p *printer) print(page, name string, v view) {
	if p.err != nil {
		return
	}
	v.Site, v.Page = &p.site, page
	var out bytes.Buffer
	if err := p.at[strings.Repeat("../", strings.Count(page, "/"))].ExecuteTemplate(&out, name, v); err != nil {
		p.err = fmt.Errorf("print %s: %w", page, err)
		return
	}
	p.pages[page] = bytes.Map(harmless, out.Bytes())
}

// harmless replaces characters that HTML does not take, and those that turn the direction
// of the text after them, so that a reader sees another text than a program.
func harmless(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfffe || r == 0xffff {
		return unicode.ReplacementChar
	}
	return r
}

func (p *printer) operations() {
	all := p.site.API.Operations()
	for i, op := range all {
		v := view{Title: op.ID, Operation: op}
		if i > 0 {
			v.Before = all[i-1]
		}
		if i+1 < len(all) {
			v.After = all[i+1]
		}
		p.print(op.Page(), "operation", v)
	}
}
