package drift

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// Part is a parameter or a field of an operation.
type Part struct {
	// In is query, header, request or response.
	In string
	// Path is as in [Difference].
	Path string
	// Name is that on the wire, empty for a whole body.
	Name string
	// Type is that of the wire in words, such as list of integer int64.
	Type       string
	Required   bool
	Deprecated bool
	Enum       []string
	// Schema is that of the part; Owner is the object that has it as a property, nil
	// for parameters and whole bodies.
	Schema, Owner *upstream.Schema
	// Parameter is nil for fields.
	Parameter *upstream.Parameter
	// Operation has the part.
	Operation *upstream.Operation
	// Node is the place in the document.
	Node *yaml.Node

	key   string // is the same for one part on both sides
	outer string // the key of what it is a field of
	kept  bool   // it, or what it is part of, stays whatever upstream does
}

// parts returns all parameters and fields of an operation in the order of the source.
// Parameters of the path are not among them: their names are not on the wire.
func parts(op *upstream.Operation) []Part {
	var w walk
	for i := range op.Parameters {
		p := &op.Parameters[i]
		if p.In == "path" {
			continue
		}
		part := Part{
			In: p.In, Path: p.Name, Name: p.Name, Required: p.Required, Deprecated: p.Deprecated || p.Schema.Deprecated,
			Schema: p.Schema, Parameter: p, Node: p.Node, kept: p.Kept() || p.Schema.Kept(),
		}
		part.Type = typeOf(p.Schema)
		if p.JSON {
			part.Type = "JSON of " + part.Type
		}
		w.add(part, nil)
	}
	for _, body := range []struct {
		in, path string
		schema   *upstream.Schema
		optional bool
	}{{"request", "body", op.Body, op.BodyOptional}, {"response", "Body", op.Response, false}} {
		if s := body.schema; s != nil {
			w.add(Part{
				In: body.in, Path: body.path, Type: typeOf(s), Required: !body.optional, Deprecated: s.Deprecated, Schema: s, Node: s.Node,
				kept: s.Kept(),
			}, nil)
		}
	}
	for i := range w.parts {
		w.parts[i].Operation = op
	}
	return w.parts
}

// maxParts is more than any operation has. Objects that hold each other in many ways
// would have no end.
const maxParts = 20_000

type walk struct{ parts []Part }

// add adds a part and what is below it. Outer are the schemas that it is in, so that
// types that hold themselves end.
func (w *walk) add(p Part, outer []*upstream.Schema) {
	p.key = p.In + " " + plainPath(p.Path)
	p.Enum = enum(p.Schema)
	w.parts = append(w.parts, p)
	w.below(p, p.Schema, p.Path, nil, outer)
}

// below adds the properties of what a schema holds. Deprecated are paths below it that
// an outer object deprecates.
func (w *walk) below(of Part, s *upstream.Schema, path string, deprecated []string, outer []*upstream.Schema) {
	if s == nil || slices.Contains(outer, s) || len(w.parts) >= maxParts {
		return
	}
	outer = append(slices.Clip(outer), s)
	deprecated = slices.Concat(deprecated, s.DeprecatedBelow)
	for _, prop := range s.Properties {
		name := prop.Name
		p := Part{
			In: of.In, Path: path + "." + name, Name: name, Type: typeOf(prop.Schema), Required: slices.Contains(s.Required, name),
			Deprecated: prop.Schema.Deprecated || slices.Contains(deprecated, name),
			Enum:       enum(prop.Schema), Schema: prop.Schema, Owner: s, Node: prop.Node, kept: of.kept || prop.Schema.Kept(),
		}
		p.key, p.outer = p.In+" "+plainPath(p.Path), of.key
		w.parts = append(w.parts, p)
		w.below(p, prop.Schema, p.Path, within(deprecated, name), outer)
	}
	w.below(of, s.Items, path+".$", deprecated, outer)
	w.below(of, s.Values, path+".*", deprecated, outer)
}

// within returns the ends of the paths that begin with a name.
func within(paths []string, name string) []string {
	var out []string
	for _, p := range paths {
		if rest, ok := strings.CutPrefix(p, name+"."); ok {
			out = append(out, rest)
		}
	}
	return out
}

// plainPath is a path without the signs for elements and values, which sources write
// in different ways.
func plainPath(path string) string {
	var out []string
	for word := range strings.SplitSeq(path, ".") {
		if word != "$" && word != "*" {
			out = append(out, word)
		}
	}
	return strings.Join(out, ".")
}

// textFormats are the formats of texts that say what travels.
var textFormats = []string{"date-time", "byte", "binary"}

// anything is the type of what may be any JSON.
const anything = "anything"

// typeOf says in words what travels.
func typeOf(s *upstream.Schema) string {
	switch {
	case s == nil || s.Type == "":
		return anything
	case s.Type == "array":
		return "list of " + typeOf(s.Items)
	case s.Type == "object" && s.Values != nil:
		return "map of " + typeOf(s.Values)
	case s.Type == "object" && len(s.Properties) == 0:
		return "map of " + anything
	case s.Format != "" && (s.Type != "string" || slices.Contains(textFormats, s.Format)):
		return s.Type + " " + s.Format
	}
	return s.Type
}

// Object returns the schema that the part, its elements or its values have.
func (p Part) Object() *upstream.Schema { return innermost(p.Schema) }

func (p Part) hasFields() bool { return len(p.Object().Properties) > 0 }

func innermost(s *upstream.Schema) *upstream.Schema {
	for inner := s.Inner(); inner != nil; inner = s.Inner() {
		s = inner
	}
	return s
}

// enum returns the values that a schema, or what it holds, is known to have.
func enum(s *upstream.Schema) []string {
	var out []string
	if n := innermost(s).Fact("enum"); n != nil {
		for _, v := range n.Content {
			out = append(out, v.Value)
		}
	}
	return out
}
