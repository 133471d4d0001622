// Package guide makes pages of guides, which are Markdown files of a repository.
//
// It may import its siblings markdown and highlight, internal/diagram for its style, goldmark,
// and go.yaml.in/yaml/v3.
package guide

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/highlight"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/markdown"
	"github.com/ackgen/ackgen/internal/diagram"
)

// Style is what the style sheet of a site needs for the code and the diagrams of guides. It follows the color-scheme of the page.
var Style = highlight.Style + diagram.Style

// Order is the file that names the guides: their groups and their order in the navigation.
const Order = "docs/guides.yaml"

// A Group is a part of the navigation.
type Group struct {
	Title  string
	Guides []Guide
}

// A Guide is a page of text.
type Guide struct {
	Name     string        // of its page, without the ending
	Path     string        // of its file in the repository
	Title    string        // its one heading of the first level
	Summary  string        // its first paragraph, as text
	Body     template.HTML // all but the title
	Headings []Heading     // of the levels 2 and 3, for a table of contents
}

// A Heading is a heading of a guide.
type Heading struct {
	ID    string // that it has in Body
	Title string
	Level int
}

// Read reads the guides that Order names. The files are those of a repository, from its root, and repository is the address at
// which a browser finds them: what a guide links to and is no guide is there. A repository without the file has no guides.
//
// A fragment of an operation or of a schema in the folder spec has a page in the reference, and a link to it leads there.
func Read(files fs.FS, repository string) ([]Group, error) {
	text, err := fs.ReadFile(files, Order)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var order []struct {
		Title  string
		Guides []string
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&order); err != nil {
		return nil, fmt.Errorf("%s: %w", Order, err)
	}
	s := &site{files: files, repository: repository, pages: map[string]string{}}
	for _, group := range order {
		for _, file := range group.Guides {
			s.pages[file] = nameOf(file)
		}
	}
	var out []Group
	for _, group := range order {
		g := Group{Title: group.Title}
		for _, file := range group.Guides {
			guide, err := s.read(file)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			g.Guides = append(g.Guides, guide)
		}
		out = append(out, g)
	}
	return out, nil
}

// nameOf returns the name of the page of a file. A README is the guide to its folder.
func nameOf(file string) string {
	dir, base := path.Split(file)
	if base == "README.md" {
		return path.Base(dir)
	}
	return strings.TrimSuffix(base, ".md")
}

// site is what a guide may link to.
type site struct {
	files      fs.FS
	repository string
	pages      map[string]string // names of the pages by the paths of their files
}

// read makes the page of one file.
func (s *site) read(file string) (Guide, error) {
	source, err := fs.ReadFile(s.files, file)
	if err != nil {
		return Guide{}, err
	}
	p := &page{site: s, file: file, ids: map[*ast.Heading]string{}, images: map[*ast.Image]template.HTML{}}
	md := p.markdown()
	doc, headings := markdown.Parse(md.Parser(), source)
	g := Guide{Name: s.pages[file], Path: file}
	if g.Title, g.Summary, err = head(doc, headings, source); err != nil {
		return Guide{}, err
	}
	doc.RemoveChild(doc, headings[0].Node)
	for _, h := range headings[1:] {
		p.ids[h.Node] = h.ID
		if h.Node.Level <= 3 {
			g.Headings = append(g.Headings, Heading{h.ID, h.Title, h.Node.Level})
		}
	}
	if err := p.prepare(doc, source); err != nil {
		return Guide{}, err
	}
	var body bytes.Buffer
	if err := md.Renderer().Render(&body, source, doc); err != nil {
		return Guide{}, err
	}
	g.Body = template.HTML(body.String()) //nolint:gosec // what is rendered is escaped, and prepare refuses raw HTML
	return g, nil
}

// head returns what a guide begins with: its title, and the paragraph that says what it is about.
func head(doc ast.Node, headings []markdown.Heading, source []byte) (title, summary string, err error) {
	if len(headings) == 0 || doc.FirstChild() != ast.Node(headings[0].Node) || headings[0].Node.Level != 1 {
		return "", "", errors.New("it must begin with a heading of the first level")
	}
	for _, h := range headings[1:] {
		if h.Node.Level == 1 {
			return "", "", fmt.Errorf("%q is a second heading of the first level", h.Title)
		}
	}
	lead := headings[0].Node.NextSibling()
	if lead == nil || lead.Kind() != ast.KindParagraph {
		return "", "", errors.New("a paragraph must follow its title")
	}
	return headings[0].Title, markdown.Text(lead, source), nil
}
