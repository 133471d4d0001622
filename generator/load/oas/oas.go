// Package oas gives the YAML nodes of an OpenAPI 3.0 document, or of a fragment
// of one, their meaning: which mapping is an operation, which a schema, and which
// only an example. It knows the structure of OpenAPI and reports no findings.
//
// It may import yamlsrc, go.yaml.in/yaml/v3 and the standard library. Validation
// and specgen walk its trees.
package oas

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Kind says what an object of the document is.
type Kind string

// The kinds of objects. Anything else in a document is read from the YAML nodes of
// these.
const (
	Document       Kind = "document"
	Info           Kind = "info"
	Server         Kind = "server"
	ServerVariable Kind = "server variable"
	Tag            Kind = "tag"
	Paths          Kind = "paths"
	PathItem       Kind = "path item"
	Operation      Kind = "operation"
	Parameter      Kind = "parameter"
	Header         Kind = "header"
	RequestBody    Kind = "request body"
	Responses      Kind = "responses"
	Response       Kind = "response"
	MediaType      Kind = "media type"
	Example        Kind = "example"
	Schema         Kind = "schema"
	Components     Kind = "components"
	SecurityScheme Kind = "security scheme"
)

// sections names the parts of the components by what they hold.
var sections = map[Kind]string{
	Schema: "schemas", Parameter: "parameters", Response: "responses", RequestBody: "requestBodies", Header: "headers",
	Example: "examples", SecurityScheme: "securitySchemes",
}

// Section names the part of the components that holds objects of the kind. It is ""
// for the others, which cannot be references.
func (k Kind) Section() string { return sections[k] }

// Methods are the HTTP methods of a path item, in the order of the bundle.
var Methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// holding says whether a field holds one object, a list of them or a map.
type holding int

const (
	one holding = iota
	list
	dict
)

type field struct {
	kind    Kind
	holding holding
}

// fields lists, for every kind, the keys that hold further objects.
var fields = map[Kind]map[string]field{
	Document: {
		"info": {Info, one}, "servers": {Server, list}, "tags": {Tag, list}, "paths": {Paths, one}, "components": {Components, one},
	},
	Server: {"variables": {ServerVariable, dict}},
	PathItem: {
		"servers": {Server, list}, "parameters": {Parameter, list},
		"get": {Operation, one}, "put": {Operation, one}, "post": {Operation, one}, "delete": {Operation, one},
		"options": {Operation, one}, "head": {Operation, one}, "patch": {Operation, one}, "trace": {Operation, one},
	},
	Operation: {
		"servers": {Server, list}, "parameters": {Parameter, list}, "requestBody": {RequestBody, one}, "responses": {Responses, one},
	},
	Parameter:   {"schema": {Schema, one}, "content": {MediaType, dict}, "examples": {Example, dict}},
	Header:      {"schema": {Schema, one}, "content": {MediaType, dict}, "examples": {Example, dict}},
	RequestBody: {"content": {MediaType, dict}},
	Response:    {"content": {MediaType, dict}, "headers": {Header, dict}},
	MediaType:   {"schema": {Schema, one}, "examples": {Example, dict}},
	Schema: {
		"properties": {Schema, dict}, "items": {Schema, one}, "additionalProperties": {Schema, one}, "not": {Schema, one},
		"allOf": {Schema, list}, "anyOf": {Schema, list}, "oneOf": {Schema, list},
	},
	Components: {
		"schemas": {Schema, dict}, "parameters": {Parameter, dict}, "responses": {Response, dict}, "requestBodies": {RequestBody, dict},
		"headers": {Header, dict}, "examples": {Example, dict}, "securitySchemes": {SecurityScheme, dict},
	},
}

// every names the kind of all entries of objects whose keys are free.
var every = map[Kind]Kind{Paths: PathItem, Responses: Response}

// Node is one object of the document.
type Node struct {
	Kind   Kind
	Parent *Node
	// Name is the key that holds the object: the path, method, status, media
	// type, property or component name. It is the index for list entries.
	Name string
	// Field is the key of the parent that leads here. It equals Name for single
	// objects: "schema"; it is "properties" for a property.
	Field string
	// Key is the node of the name; nil for list entries and roots.
	Key      *yaml.Node
	Value    *yaml.Node
	Children []*Node
}

// New builds the tree of objects below a value of the given kind.
func New(kind Kind, name string, value *yaml.Node) *Node {
	n := &Node{Kind: kind, Name: name, Value: value}
	n.grow()
	return n
}

func (n *Node) grow() {
	if n.Value.Kind != yaml.MappingNode || n.IsRef() {
		return
	}
	for key, value := range yamlsrc.Pairs(n.Value) {
		if kind, ok := every[n.Kind]; ok {
			if !strings.HasPrefix(key.Value, "x-") {
				n.add(kind, "", key.Value, key, value)
			}
			continue
		}
		f, ok := fields[n.Kind][key.Value]
		if !ok {
			continue
		}
		switch {
		case f.holding == one:
			n.add(f.kind, key.Value, key.Value, key, value)
		case f.holding == list && value.Kind == yaml.SequenceNode:
			for j, item := range value.Content {
				n.add(f.kind, key.Value, strconv.Itoa(j), nil, item)
			}
		case f.holding == dict:
			for name, entry := range yamlsrc.Pairs(value) {
				n.add(f.kind, key.Value, name.Value, name, entry)
			}
		}
	}
}

func (n *Node) add(kind Kind, field, name string, key, value *yaml.Node) {
	// `additionalProperties: true` is not a schema object.
	if value.Kind != yaml.MappingNode {
		return
	}
	c := &Node{Kind: kind, Parent: n, Name: name, Field: field, Key: key, Value: value}
	n.Children = append(n.Children, c)
	c.grow()
}

// All ranges over the node and everything below it, parents first, in the order
// of the document.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.all(yield) }
}

func (n *Node) all(yield func(*Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, c := range n.Children {
		if !c.all(yield) {
			return false
		}
	}
	return true
}

// Of ranges over the nodes of some kinds.
func (n *Node) Of(kinds ...Kind) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for c := range n.All() {
			if slices.Contains(kinds, c.Kind) && !yield(c) {
				return
			}
		}
	}
}

// In ranges over the direct children that a field holds.
func (n *Node) In(field string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, c := range n.Children {
			if c.Field == field && !yield(c) {
				return
			}
		}
	}
}

// Child returns the first child of a field, or nil.
func (n *Node) Child(field string) *Node {
	for c := range n.In(field) {
		return c
	}
	return nil
}

// Get returns the YAML value of a key, or nil.
func (n *Node) Get(name string) *yaml.Node { return yamlsrc.Value(n.Value, name) }

// KeyOf returns the YAML node of a key, or nil.
func (n *Node) KeyOf(name string) *yaml.Node {
	k, _ := yamlsrc.Get(n.Value, name)
	return k
}

// Has reports whether the object has a key.
func (n *Node) Has(name string) bool { return n.KeyOf(name) != nil }

// Text returns the scalar value of a key, or "".
func (n *Node) Text(name string) string { return yamlsrc.Text(n.Value, name) }

// IsRef reports whether the object is a reference.
func (n *Node) IsRef() bool { return n.RefNode() != nil }

// RefNode returns the scalar that holds the target of a reference, or nil.
func (n *Node) RefNode() *yaml.Node {
	if every[n.Kind] != "" || n.Kind == Document || n.Kind == Components {
		return nil
	}
	if v := n.Get("$ref"); v != nil && v.Kind == yaml.ScalarNode {
		return v
	}
	return nil
}

// Ref returns the target of a reference, or "".
func (n *Node) Ref() string {
	if v := n.RefNode(); v != nil {
		return v.Value
	}
	return ""
}

// Start is the node to report about the object as a whole: its key, or the
// value when it has none.
func (n *Node) Start() *yaml.Node {
	if n.Key != nil {
		return n.Key
	}
	return n.Value
}

// Owner is the operation or the named component that holds the object, or nil.
func (n *Node) Owner() *Node {
	for c := n; c != nil; c = c.Parent {
		if c.Kind == Operation || (c.Parent != nil && c.Parent.Kind == Components) {
			return c
		}
	}
	return nil
}

// Subject names the operation or component that holds the object.
func (n *Node) Subject() string {
	o := n.Owner()
	switch {
	case o == nil:
		return ""
	case o.Kind == Operation && o.Text("operationId") != "":
		return o.Text("operationId")
	case o.Kind == Operation:
		return strings.ToUpper(o.Name) + " " + o.Parent.Name
	default:
		return o.Name
	}
}

// Pointer returns the JSON pointer of the object from the root of its tree.
func (n *Node) Pointer() string {
	if n.Parent == nil {
		return ""
	}
	p := n.Parent.Pointer()
	if f := fields[n.Parent.Kind][n.Field]; f.holding != one {
		p += "/" + EscapePointer(n.Field)
	}
	return p + "/" + EscapePointer(n.Name)
}
