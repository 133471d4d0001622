// Package upstream reads what others publish about the operations of a service:
// names, types and flags, mostly without a sentence about their meaning, and the log
// of their changes.
//
// It may import generator/diag, load/oas, load/oas31, load/yamlsrc and spell, specgen's
// regions, go.yaml.in/yaml/v3 and the standard library. It touches no files.
package upstream

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas31"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

// Format is the form of a source.
type Format string

// The formats, by the words that people write.
const (
	OpenAPI     Format = "openapi"
	Snapshot    Format = "snapshot"
	CommandLine Format = "command-line"
	ChangeLog   Format = "change-log"
)

// Description is what a source says about the operations of a service.
type Description struct {
	Format Format
	// Version names the state that is described, empty where the source does not.
	Version    string
	Operations []Operation // in the order of the source
	// Regions are empty where the source knows none.
	Regions []regions.Region
	Knows   Knowledge
}

// Knowledge tells what else than names and types a source speaks of. What it does not
// know it leaves out, which must not read as no.
type Knowledge struct {
	// Body is true where the source knows the fields of bodies.
	Body bool
	// Required is true where it marks what a request must have, apart from paths.
	Required   bool
	Deprecated bool
	Enum       bool
}

// Operation is one operation.
type Operation struct {
	Name       string
	Method     string // in upper case
	Path       string // with its placeholders in braces
	Deprecated bool
	Marks
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
	Marks
	// JSON is true when the value travels as JSON text.
	JSON bool
	// Exploded is true when each element of a list is a parameter of its own.
	Exploded bool
	// Style is that of OpenAPI, empty where the source names none.
	Style  string
	Schema *Schema
}

// Schema is a type. A named object may hold itself in a property; lists and maps end.
type Schema struct {
	// Name is the source's name of an object, empty if it has none.
	Name string
	// Type is that of OpenAPI, empty for any JSON.
	Type, Format string
	Deprecated   bool
	Marks
	Required   []string
	Properties []Property
	// DeprecatedBelow are the paths of properties that are deprecated in this object
	// only.
	DeprecatedBelow []string
	// Items is the type of the elements of an array, Values that of a map.
	Items, Values *Schema
	// Unread are the keywords whose schemas are not taken over, such as oneOf.
	Unread []string
	// Facts are further keywords with their values: enum, default, example, minimum,
	// maximum, minItems and maxItems.
	Facts []Fact
}

// Marks are what only a spec of ours says of a thing.
type Marks struct {
	// Status is that of x-ack-status.
	Status string
	// Removed is true where the spec says since when the provider no longer has it.
	Removed bool
	// Node is the place in the document.
	Node *yaml.Node
}

// Kept reports whether a spec keeps the thing although the provider may not have it.
func (m Marks) Kept() bool { return m.Removed || m.Status == "legacy" || m.Status == "preview" }

// Inner returns the type of the elements or of the values, or nil.
func (s *Schema) Inner() *Schema {
	if s.Items != nil {
		return s.Items
	}
	return s.Values
}

// endLoops makes lists and maps that hold nothing but themselves hold anything.
func endLoops(named map[string]*Schema) {
	for _, name := range slices.Sorted(maps.Keys(named)) {
		outer := []*Schema{}
		for s := named[name]; s != nil; s = s.Inner() {
			outer = append(outer, s)
			switch {
			case s.Items != nil && slices.Contains(outer, s.Items):
				s.Items = &Schema{}
			case s.Items == nil && s.Values != nil && slices.Contains(outer, s.Values):
				s.Values = &Schema{}
			}
		}
	}
}

// Property is a member of an object.
type Property struct {
	Name   string
	Schema *Schema
	Node   *yaml.Node // of the name
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

// Parse reads a description in one of three formats: an OpenAPI 3 document, a
// snapshot (a list of operations with parameters, body and response), or the
// metadata of a command line tool (paths and parameters only).
func Parse(data []byte) (*Description, error) {
	if bytes.HasPrefix(bytes.TrimLeft(data, "\ufeff \t\r\n"), []byte("<")) {
		return nil, errors.New("parse description: it is HTML or XML, as error pages are, and no description")
	}
	var list diag.List
	files := yamlsrc.Files{}
	root := files.Parse("description", data, &list)
	for _, f := range list.Sorted() {
		return nil, fmt.Errorf("parse description: line %d: %s", max(f.Pos.Line, 1), f.Message)
	}
	if strings.HasPrefix(yamlsrc.Text(root, "openapi"), "3.1") {
		oas31.Convert(root, files, new(diag.List)) // what 3.0 has no words for reads as any JSON
	}
	d, err := Read(root)
	if err != nil {
		return nil, err
	}
	if len(d.Operations) == 0 {
		return nil, errors.New("parse description: it holds no operation")
	}
	return d, nil
}

// Read reads a description from its parsed text.
func Read(root *yaml.Node) (*Description, error) {
	switch {
	case yamlsrc.Value(root, "openapi") != nil:
		return readOpenAPI(root), nil
	case yamlsrc.Value(root, "operations") != nil:
		return readSnapshot(root), nil
	case yamlsrc.Value(root, "apis") != nil:
		return readCommandLine(root), nil
	}
	return nil, errors.New("parse description: it holds none of openapi, operations and apis: " +
		"it must be an OpenAPI 3 document, a snapshot or the metadata of a command line tool")
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

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// PlainRoute is a path, or a method with its path, without the names of placeholders,
// which are not on the wire.
func PlainRoute(route string) string { return placeholder.ReplaceAllString(route, "{}") }
