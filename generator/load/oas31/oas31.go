// Package oas31 turns documents of OpenAPI 3.1 into such of 3.0, as far as they say
// nothing that 3.0 cannot say. What they say beyond that is reported.
//
// It may import generator/diag, oas, yamlsrc, go.yaml.in/yaml/v3 and the standard
// library.
package oas31

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Code marks something that only OpenAPI 3.1 has.
const Code = "GEN006"

// version is that of the documents afterwards.
const version = "3.0.3"

type converter struct {
	files yamlsrc.Files
	diags *diag.List
}

// Convert changes the tree of a 3.1 document into one of 3.0, and reports what it
// cannot change. Nodes keep their positions.
func Convert(root *yaml.Node, files yamlsrc.Files, diags *diag.List) {
	c := &converter{files: files, diags: diags}
	for n := range oas.New(oas.Document, "", root).All() {
		if n.IsRef() {
			continue
		}
		c.report(n)
		switch n.Kind {
		case oas.Document:
			c.document(n)
		case oas.Info:
			drop(n.Value, "summary")
			drop(n.Get("license"), "identifier")
		case oas.Schema:
			c.booleans(n)
			c.types(n)
			examples(n.Value)
		}
	}
}

func (c *converter) add(at *yaml.Node, n *oas.Node, fix, format string, args ...any) {
	c.diags.Add(diag.Finding{Pos: c.files.Pos(at), Code: Code, Subject: n.Subject(), Message: fmt.Sprintf(format, args...), Fix: fix})
}

// report reports the fields that 3.0 lacks, and takes them out so that nobody else
// does.
func (c *converter) report(n *oas.Node) {
	for name, fix := range onlyNew[n.Kind] {
		key, value := yamlsrc.Get(n.Value, name)
		if key == nil {
			continue
		}
		if n.Kind == oas.Schema || len(value.Content) > 0 { // else it lists nothing
			c.add(key, n, fix, "%s is of OpenAPI 3.1, of which only what 3.0 says, too, is read", name)
		}
		drop(n.Value, name)
	}
	if n.Kind != oas.Schema {
		return
	}
	for name, bound := range map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"} {
		if v := n.Get(name); yamlsrc.Rat(v) != nil {
			c.add(n.KeyOf(name), n, "write "+bound+": "+v.Value+" and "+name+": true", "%s with a number is of OpenAPI 3.1", name)
			drop(n.Value, name)
		}
	}
}

func (c *converter) document(n *oas.Node) {
	if v := n.Get("openapi"); v != nil {
		v.Value, v.Tag, v.Style = version, "!!str", yaml.DoubleQuotedStyle
	}
	dialect := n.Text("jsonSchemaDialect")
	if dialect != "" && !slices.ContainsFunc(dialects, func(known string) bool { return strings.HasPrefix(dialect, known) }) {
		c.add(n.KeyOf("jsonSchemaDialect"), n, "write the schemas as OpenAPI has them", "there is no reader for schemas of the dialect %q", dialect)
	}
	drop(n.Value, "jsonSchemaDialect")
}

// dialects begin the names of those that mean what OpenAPI 3.1 means.
var dialects = []string{"https://spec.openapis.org/oas/3.1/", "https://json-schema.org/draft/2020-12/schema"}

// types turns a list of a type and null into the type and nullable.
func (c *converter) types(n *oas.Node) {
	key, value := yamlsrc.Get(n.Value, "type")
	var others, nulls []*yaml.Node
	for _, t := range append(slices.Clip(yamlsrc.Items(value)), value) {
		switch {
		case t == nil || t.Kind != yaml.ScalarNode:
		case t.ShortTag() == "!!null":
			c.add(t, n, `write "null" in quotes`, "the type null is a text")
			drop(n.Value, "type")
			return
		case t.Value == "null":
			nulls = append(nulls, t)
		default:
			others = append(others, t)
		}
	}
	switch {
	case len(others) > 1:
		c.add(key, n, "list the variants below oneOf, each with one type", "several types are of OpenAPI 3.1")
		drop(n.Value, "type")
		return
	case len(others) == 0 && len(nulls) > 0:
		c.add(key, n, "write nullable: true beside the type that the value has otherwise", "the type null alone is of OpenAPI 3.1")
		drop(n.Value, "type")
		return
	case len(others) == 0 || value.Kind != yaml.SequenceNode:
		return
	}
	*value = *others[0]
	c.files[value] = c.files[others[0]]
	if len(nulls) > 0 && !n.Has("nullable") {
		n.Value.Content = append(n.Value.Content, c.scalar(nulls[0], "!!str", "nullable"), c.scalar(nulls[0], "!!bool", "true"))
	}
}

// scalar makes a node that stands where another does.
func (c *converter) scalar(at *yaml.Node, tag, value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value, Line: at.Line, Column: at.Column}
	c.files[n] = c.files[at]
	return n
}

// examples makes the first of a schema's examples the only one.
func examples(schema *yaml.Node) {
	key, list := yamlsrc.Get(schema, "examples")
	switch {
	case list == nil || list.Kind != yaml.SequenceNode:
	case len(list.Content) == 0 || yamlsrc.Value(schema, "example") != nil:
		drop(schema, "examples")
	default:
		key.Value = "example"
		schema.Content[slices.Index(schema.Content, key)+1] = list.Content[0]
	}
}

// booleans reports schemas that are true or false, and makes them empty.
func (c *converter) booleans(n *oas.Node) {
	var values []*yaml.Node
	for _, name := range []string{"items", "not"} {
		values = append(values, n.Get(name))
	}
	for _, name := range []string{"allOf", "anyOf", "oneOf"} {
		values = append(values, yamlsrc.Items(n.Get(name))...)
	}
	for _, value := range yamlsrc.Pairs(n.Get("properties")) {
		values = append(values, value)
	}
	for _, v := range values {
		if v != nil && v.ShortTag() == "!!bool" {
			c.add(v, n, "write {} where any value is right, and leave out what may not be there", "a schema that is %s is of OpenAPI 3.1", v.Value)
			*v = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: v.Line, Column: v.Column}
		}
	}
}

// drop takes a key and its value out of a mapping.
func drop(m *yaml.Node, name string) {
	for i := range yamlsrc.Pairs(m) {
		if i.Value == name {
			at := slices.Index(m.Content, i)
			m.Content = slices.Delete(slices.Clone(m.Content), at, at+2)
			return
		}
	}
}
