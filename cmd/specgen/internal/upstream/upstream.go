// Package upstream reads what others publish about the operations of a service:
// names, types and flags, mostly without a sentence about their meaning.
//
// It may import generator/load/oas and yamlsrc, generator/spell, go.yaml.in/yaml/v3
// and the standard library. It touches no files.
package upstream

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/spell"
)

// Description is what a source says about the operations of a service.
type Description struct {
	Operations []Operation // in the order of the source
}

// Operation is one operation.
type Operation struct {
	Name       string
	Method     string // in upper case
	Path       string // with its placeholders in braces
	Deprecated bool
	Parameters []Parameter
	// Status is that of success, 200 where the source knows none.
	Status string
	// Body and Response are nil where the source knows none.
	Body, Response *Schema
	// BodyType and ResponseType are their media types, empty where the source knows none.
	BodyType, ResponseType string
	// BodyOptional is true where the source says that requests may have no body.
	BodyOptional bool
}

// Parameter is a parameter of the path, the query or the header.
type Parameter struct {
	Name       string
	In         string
	Required   bool
	Deprecated bool
	// JSON is true when the value travels as JSON text.
	JSON bool
	// Exploded is true when each element of a list is a parameter of its own.
	Exploded bool
	// Style is that of OpenAPI, empty where the source names none.
	Style  string
	Schema *Schema
}

// Schema is a type. A named object may hold itself.
type Schema struct {
	// Name is the source's name of an object, empty if it has none.
	Name string
	// Type is that of OpenAPI, empty for any JSON.
	Type, Format string
	Deprecated   bool
	Required     []string
	Properties   []Property
	// Items is the type of the elements of an array, Values that of a map.
	Items, Values *Schema
	// Unread are the keywords whose schemas are not taken over, such as oneOf.
	Unread []string
	// Facts are further keywords with their values: enum, default, example, minimum,
	// maximum, minItems and maxItems.
	Facts []Fact
}

// Property is a member of an object.
type Property struct {
	Name   string
	Schema *Schema
}

// Fact is a keyword of a schema.
type Fact struct {
	Name  string
	Value *yaml.Node
}

// Fact returns the value of a keyword, or nil.
func (s *Schema) Fact(name string) *yaml.Node {
	for _, f := range s.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

// factNames are the keywords that are taken over, by their names in both formats.
var factNames = []struct{ openAPI, snapshot string }{
	{"enum", "enum"}, {"default", "default"}, {"minimum", "minimum"}, {"maximum", "maximum"},
	{"minItems", "min_items"}, {"maxItems", "max_items"}, {"example", "example"},
}

// Parse reads a description in one of three formats: an OpenAPI 3.0 document, a
// snapshot (a list of operations with parameters, body and response), or the
// metadata of a command line tool (paths and parameters only).
func Parse(data []byte) (*Description, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("parse description: %w", err)
	}
	if len(doc.Content) == 0 {
		return nil, errors.New("parse description: the file is empty")
	}
	root := doc.Content[0]
	switch {
	case yamlsrc.Value(root, "openapi") != nil:
		return readOpenAPI(root), nil
	case yamlsrc.Value(root, "operations") != nil:
		return readSnapshot(root), nil
	case yamlsrc.Value(root, "apis") != nil:
		return readCommandLine(root), nil
	}
	return nil, errors.New("parse description: it holds none of openapi, operations and apis: " +
		"it must be an OpenAPI 3.0 document, a snapshot or the metadata of a command line tool")
}

// Find returns the operation of a name.
func (d *Description) Find(name string) (Operation, error) {
	i := slices.IndexFunc(d.Operations, func(o Operation) bool { return o.Name == name })
	if i >= 0 {
		return d.Operations[i], nil
	}
	var names []string
	for _, o := range d.Operations {
		names = append(names, o.Name)
	}
	return Operation{}, fmt.Errorf("the description has no operation %s%s", name, spell.Hint(name, names))
}

func isTrue(n *yaml.Node, name string) bool { return yamlsrc.Text(n, name) == "true" }

// defaultStatus is that of success where a source names none.
const defaultStatus = "200"

// braces writes placeholders the way of OpenAPI.
var braces = strings.NewReplacer("[", "{", "]", "}")
