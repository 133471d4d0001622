package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ackgen/ackgen/generator/load/oas"
)

// Stats counts what a document describes.
type Stats struct {
	Operations Share `json:"operations"`
	Parameters Share `json:"parameters"`
	Fields     Share `json:"fields"`
	EnumValues Share `json:"enum-values"`
	// Sourced are the operations and objects that cite a document on their meaning,
	// Undocumented those that say what no document tells.
	Sourced      Share `json:"sourced"`
	Undocumented int   `json:"undocumented"`
}

// Share is how many of all things have something.
type Share struct {
	Have int `json:"have"`
	All  int `json:"all"`
}

func (s *Share) count(have bool) {
	s.All++
	if have {
		s.Have++
	}
}

// Count takes the statistics of a document. A reference is described by what it
// refers to; a shared parameter counts once. An enum value is described when the
// text of its enum, or of the property that holds the enum, names it.
func Count(doc *oas.Node) Stats {
	p := &pass{doc: doc}
	var s Stats
	for o := range doc.Of(oas.Operation, oas.Parameter, oas.Schema) {
		if o.IsRef() && o.Field != "properties" {
			continue
		}
		switch {
		case o.Kind == oas.Operation:
			s.Operations.count(o.Text("summary") != "" && !blank(o))
			s.sources(o)
		case o.Kind == oas.Parameter:
			s.Parameters.count(!blank(o))
		case o.Field == "properties":
			target := p.deref(o)
			s.Fields.count(target != nil && !blank(target))
		}
		if o.Kind == oas.Schema && !o.IsRef() {
			s.schema(o)
		}
	}
	return s
}

func (s *Stats) schema(o *oas.Node) {
	if o.Has("properties") {
		s.sources(o)
	}
	for _, value := range strs(o.Get("enum")) {
		s.EnumValues.count(names(enumText(o), value))
	}
}

// enumText returns the text that explains the values of an enum: its own, or that of
// the list or parameter that holds it.
func enumText(o *oas.Node) string {
	if about := o.Text("description"); about != "" || o.Parent == nil {
		return about
	}
	return o.Parent.Text("description")
}

func (s *Stats) sources(o *oas.Node) {
	sources := o.Get("x-ack-source")
	s.Sourced.count(cites(sources, "document"))
	if !cites(sources, "document") && cites(sources, "undocumented") {
		s.Undocumented++
	}
}

// names reports whether a text has a value as a word of its own.
func names(text, value string) bool {
	for rest := text; value != ""; {
		i := strings.Index(rest, value)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		rest = rest[i+len(value):]
		after, _ := utf8.DecodeRuneInString(rest)
		if !partOfWord(before) && !partOfWord(after) {
			return true
		}
	}
	return false
}

func partOfWord(r rune) bool {
	return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
