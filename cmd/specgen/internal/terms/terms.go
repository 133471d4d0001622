// Package terms reads terms.yaml, which stands beside a spec: words that readers know
// and the spec does not use, with what each names.
//
// It may import generator/load/yamlsrc, internal/spell and go.yaml.in/yaml/v3. It touches
// no files.
package terms

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

// FileName is the name of the file.
const FileName = "terms.yaml"

// Kind tells what a name of a term is the name of. The values are the keys of the file.
type Kind string

// The kinds of names.
const (
	Operation Kind = "operations" // by the ids of the spec
	Group     Kind = "groups"     // by the names of tags
	Schema    Kind = "schemas"
	Field     Kind = "fields" // properties and parameters by their names on the wire, wherever they stand
)

// Term is a word, or a few that belong together.
type Term struct {
	Text  string
	Names []Name // at least one
	// Source is the citation of a document, as in x-ack-source.
	Source *yaml.Node
}

// Name is what a term means.
type Name struct {
	Kind Kind
	Text string
	Node *yaml.Node
}

// Fault is something that the file must not hold.
type Fault struct {
	At      *yaml.Node
	Message string
}

const (
	listKey   = "terms"
	sourceKey = "source"
)

// Read returns the terms of a file in their order, and what is wrong with it. A nil node
// has neither. Whether names and sources exist is for the caller to see.
func Read(file *yaml.Node) ([]Term, []Fault) {
	var r reader
	if file == nil {
		return nil, nil
	}
	if file.Kind != yaml.MappingNode {
		r.fault(file, "%s must hold a mapping", FileName)
	}
	for key, value := range yamlsrc.Pairs(file) {
		if key.Value != listKey {
			r.unknown(key, FileName, listKey)
			continue
		}
		if value.Kind != yaml.MappingNode {
			r.fault(value, "%s must be a mapping from terms to what they name", listKey)
		}
		for term, meaning := range yamlsrc.Pairs(value) {
			r.term(term, meaning)
		}
	}
	return r.terms, r.faults
}

type reader struct {
	terms  []Term
	faults []Fault
}

func (r *reader) fault(at *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, Fault{at, fmt.Sprintf(format, args...)})
}

func (r *reader) unknown(key *yaml.Node, owner string, known ...string) {
	r.fault(key, "%s has no key %q%s; there are %s", owner, key.Value, spell.Hint(key.Value, known), strings.Join(known, ", "))
}

func (r *reader) term(key, meaning *yaml.Node) {
	term := Term{Text: key.Value}
	if meaning.Kind != yaml.MappingNode {
		r.fault(meaning, "the term %s must be a mapping that says what it names", term.Text)
		return
	}
	if strings.TrimSpace(term.Text) != term.Text || term.Text == "" {
		r.fault(key, "the term %q is empty, or has blanks around it", term.Text)
	}
	for k, value := range yamlsrc.Pairs(meaning) {
		switch kind := Kind(k.Value); kind {
		case Operation, Group, Schema, Field:
			term.Names = append(term.Names, r.names(kind, value)...)
		case sourceKey:
			term.Source = value
		default:
			r.unknown(k, "a term", string(Operation), string(Group), string(Schema), string(Field), sourceKey)
		}
	}
	if len(term.Names) == 0 {
		r.fault(key, "the term %s names nothing", term.Text)
	}
	if yamlsrc.Text(term.Source, "document") == "" {
		r.fault(key, "the term %s has no source, which is the document that has it", term.Text)
	}
	r.terms = append(r.terms, term)
}

func (r *reader) names(kind Kind, list *yaml.Node) []Name {
	if list.Kind != yaml.SequenceNode {
		r.fault(list, "%s must be a list of names", kind)
	}
	var out []Name
	for _, item := range yamlsrc.Items(list) {
		if item.Kind != yaml.ScalarNode || item.Value == "" {
			r.fault(item, "%s must be a list of names", kind)
			continue
		}
		out = append(out, Name{kind, item.Value, item})
	}
	return out
}
