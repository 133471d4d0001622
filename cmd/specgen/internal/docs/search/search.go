// Package search makes the index that the search of a site reads: one classic script with
// what can be found and where it is. Entries are operations, schemas, groups, error codes,
// guides and their sections, and fields. A field that stands on many pages is one entry with many
// places, so that the index stays small.
//
// search.js of package asset is the reader, which knows the form of the data.
//
// The package may import docs/reference, specgen's terms and the standard library.
package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
)

// FileName is the name of the index. It lies beside the scripts.
const FileName = "index.js"

// Input is what can be found.
type Input struct {
	API    *reference.API
	Guides []Guide
	Terms  []terms.Term
}

// Guide is a page of text.
type Guide struct {
	Page     string // address from the root of the site
	Title    string
	Summary  string
	Headings []Heading
}

// Heading is a heading of a guide that has an address.
type Heading struct {
	ID    string
	Title string
}

// kind is what an entry is. The values are the positions in the list of search.js.
type kind int

const (
	kindOperation kind = iota
	kindSchema
	kindGroup
	kindGuide
	kindSection
	kindParameter
	kindField
	kindCode
)

// separator stands between words that are one value each.
const separator = "\n"

// data is the content of the index.
type data struct {
	Pages  []any `json:"pages"`
	Fields []any `json:"fields"`
	// Texts are what fields have in common with others, which name them by their
	// positions here.
	Texts []string `json:"texts"`
}

// Index returns the script. Equal input gives equal bytes.
func Index(in Input) ([]byte, error) {
	b := &builder{named: namesOf(in.Terms), known: map[field]int{}, numbers: map[string]int{},
		data: data{Pages: []any{}, Fields: []any{}, Texts: []string{}}}
	for _, g := range in.API.Groups {
		b.page(page{kind: kindGroup, address: "index.html#" + g.Anchor, name: g.Name, code: g.Interface,
			about: plural(len(g.Operations), "operation"), text: g.Description.String(), terms: b.named.of(terms.Group, g.Name)})
		for _, op := range g.Operations {
			b.operation(op)
		}
	}
	for _, s := range in.API.Schemas {
		b.schema(s)
	}
	for _, c := range in.API.ErrorCodes {
		b.page(page{kind: kindCode, address: "errors.html#" + c.Anchor, name: c.Code, code: c.Go, about: "Error codes", text: c.Description.String()})
	}
	for _, g := range in.Guides {
		b.guide(g)
	}
	var out bytes.Buffer
	out.WriteString("globalThis.ackgenIndex = ")
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // the script is a file, in which HTML means nothing
	if err := enc.Encode(b.finish()); err != nil {
		return nil, fmt.Errorf("write index of the search: %w", err)
	}
	return out.Bytes(), nil
}

// page is an entry that has an address of its own.
type page struct {
	kind    kind
	address string // from the root of the site
	name    string
	code    string // name in Go; may be empty
	about   string // a few words beside the name
	text    string
	terms   string
	values  string // further names, such as those of methods and of values
	faded   bool   // what programs should no longer use comes last
}

// field is an entry that may have many places. Fields that say the same are one.
type field struct {
	kind   kind
	name   string
	code   string
	text   string
	terms  string
	values string
	tail   string // end of the anchor behind its prefix; "" when that is the name
}

type builder struct {
	named   names
	data    data
	fields  []field
	places  [][]int // of each field: a page and the prefix of the anchor there, in turn
	known   map[field]int
	numbers map[string]int // positions of texts
}

func (b *builder) page(p page) {
	faded := 0
	if p.faded {
		faded = 1
	}
	b.data.Pages = append(b.data.Pages, []any{p.kind, p.address, p.name, other(p.code, p.name), p.about, p.text, p.terms, p.values, faded})
}

func (b *builder) operation(op *reference.Operation) {
	var methods []string
	for _, m := range op.More {
		methods = append(methods, m.Name)
	}
	b.page(page{kind: kindOperation, address: op.Page(), name: op.ID, code: op.Go.Name, about: op.Method + " " + op.Path,
		text:  strings.TrimSpace(op.Summary.String() + separator + op.Description.String()),
		terms: b.named.of(terms.Operation, op.ID), values: strings.Join(methods, separator), faded: isFaded(op.Notice)})
	b.tree(op.Parameters, true)
	if op.Body != nil {
		b.tree(op.Body.Fields, true)
	}
	for _, r := range op.Responses {
		if r.Body != nil {
			b.tree(r.Body.Fields, true)
		}
	}
}

func (b *builder) schema(s *reference.Schema) {
	b.page(page{kind: kindSchema, address: s.Page(), name: s.Name, code: s.Go, about: s.Type.String(), text: s.Description.String(),
		terms: b.named.of(terms.Schema, s.Name), values: valuesOf(s.Enum), faded: isFaded(s.Notice)})
	if s.Go != "" { // else its fields are those of the one operation that has it as a body
		b.tree(s.Fields, false)
	}
}

func (b *builder) guide(g Guide) {
	b.page(page{kind: kindGuide, address: g.Page, name: g.Title, text: g.Summary})
	for _, h := range g.Headings {
		b.page(page{kind: kindSection, address: g.Page + "#" + h.ID, name: h.Title, about: g.Title})
	}
}

// tree adds fields, and those below them, as places of the page that was added last. The
// page of an operation has all of them.
func (b *builder) tree(fields []*reference.Field, isOperation bool) {
	for _, f := range fields {
		entry := field{kind: kindField, name: f.Name, code: other(f.Go, f.Name), text: firstParagraph(f.Description),
			terms: b.named.of(terms.Field, f.Name), values: valuesOf(f.Enum)}
		if f.In != "" {
			entry.kind = kindParameter
		}
		prefix, isPrefixed := strings.CutSuffix(f.Anchor, f.Name)
		if !isPrefixed {
			prefix, entry.tail = "", f.Anchor
		}
		number, isKnown := b.known[entry]
		if !isKnown {
			number = len(b.fields)
			b.known[entry] = number
			b.fields = append(b.fields, entry)
			b.places = append(b.places, nil)
		}
		b.places[number] = append(b.places[number], len(b.data.Pages)-1, b.text(prefix))
		if isOperation || f.Type.Schema == "" { // else the page of that schema has them
			b.tree(f.Fields, isOperation)
		}
	}
}

// text returns the position of a text.
func (b *builder) text(text string) int {
	number, isKnown := b.numbers[text]
	if !isKnown {
		number = len(b.data.Texts)
		b.numbers[text] = number
		b.data.Texts = append(b.data.Texts, text)
	}
	return number
}

// finish adds the fields with all their places.
func (b *builder) finish() data {
	for i, f := range b.fields {
		row := []any{f.kind, f.name, f.code, b.text(f.text), b.text(f.terms), b.text(f.values), b.text(f.tail)}
		for _, n := range b.places[i] {
			row = append(row, n)
		}
		b.data.Fields = append(b.data.Fields, row)
	}
	return b.data
}

// names are the terms of what they name, by kind and name.
type names map[terms.Kind]map[string][]string

func namesOf(list []terms.Term) names {
	out := names{}
	for _, t := range list {
		for _, n := range t.Names {
			if out[n.Kind] == nil {
				out[n.Kind] = map[string][]string{}
			}
			out[n.Kind][n.Text] = append(out[n.Kind][n.Text], t.Text)
		}
	}
	return out
}

func (n names) of(kind terms.Kind, name string) string { return strings.Join(n[kind][name], separator) }

// valuesOf returns the values of an enum and the names of their constants.
func valuesOf(enum []reference.Value) string {
	var out []string
	for _, v := range enum {
		out = append(out, v.Value)
		if v.Go != "" {
			out = append(out, v.Go)
		}
	}
	return strings.Join(out, separator)
}

// firstParagraph returns what a description begins with, which says what a field is.
func firstParagraph(t reference.Text) string {
	if len(t) == 0 {
		return ""
	}
	return t[:1].String()
}

func isFaded(n reference.Notice) bool {
	return n.Status == reference.Deprecated || n.Status == reference.Legacy || n.Status == reference.Removed
}

// other returns a name, or "" when it is the one that is known already.
func other(name, known string) string {
	if name == known {
		return ""
	}
	return name
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
