// Package docs builds the site of a spec: a reference of all operations and schemas,
// with guides, code and search where it is given them.
//
// It may import its subpackages, the generator's load and model, and
// go.yaml.in/yaml/v3.
package docs

import (
	"html/template"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
)

// Input is what a site is made of. All but the document and its model may be missing:
// what has no data is left out.
type Input struct {
	Document *load.Document
	API      *model.API
	// Sources is sources.yaml, which explains what the spec cites.
	Sources *yaml.Node
	// Snippets are programs and commands, by the id of the operation that they call.
	Snippets map[string][]Snippet
	// Guides are pages in the order of the navigation.
	Guides []Guide
	// Files are files of the site by their paths, such as assets/search.js.
	Files map[string][]byte
	// Scripts are the paths of the files that every page loads, in this order, as classic
	// scripts that run when the page is complete.
	Scripts []string
}

// Snippet is code that calls an operation, as plain text.
type Snippet struct {
	Title    string // on its tab, such as Go, "Go, all pages", curl
	Language string // go, shell or json
	About    string // a sentence above the code; may be empty
	Code     string
}

// Guide is a page of text.
type Guide struct {
	Name     string // of its file, without the ending
	Title    string
	Summary  string // one sentence for the front page
	Body     template.HTML
	Headings []Heading
}

// Heading is a heading of a guide that its table of contents lists.
type Heading struct {
	ID    string
	Title string
	Level int // 2 or 3
}
