// Package schema knows the types of the Kubernetes API that requests can hold:
// which fields they have, how these stand in protobuf, and how a strategic merge
// patch merges them. What it knows is types.txt, which a test compares with
// Kubernetes.
//
// # Imports
//
// It may import the standard library and package object.
package schema

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed types.txt
var text string

// A Type is an object of the API, or a part of one.
type Type struct {
	Name   string // with its group and version, such as core.v1.Pod
	Fields []Field
}

// A Field is a field of a type.
type Field struct {
	Name   string // in JSON; a star if the fields of its type stand in its place
	number uint64 // in protobuf
	List   bool
	Map    bool   // from texts
	Of     string // the name of a type or of a scalar, also of the items of lists and maps
	// omitZero says that the field is left out if it is zero.
	omitZero bool
	// MergeKey is the field that tells the items of a list apart that is merged.
	MergeKey string
	// Strategies says how a patch merges the field: merge, retainKeys or nothing.
	Strategies []string
}

// Inline tells whether the fields of the field's type stand in its place.
func (f *Field) Inline() bool { return f.Name == "*" }

// Merged tells whether a patch merges a list item by item.
func (f *Field) Merged() bool { return slices.Contains(f.Strategies, "merge") }

// Type returns the type of the field or of its items, or nil for scalars.
func (f *Field) Type() *Type { return Lookup(f.Of) }

// Lookup returns the type of that name, or nil. Types are not to be changed.
func Lookup(name string) *Type { return types()[name] }

// Kind returns the type of the objects of a kind, or nil. DeleteOptions are of all groups.
func Kind(group, version, kind string) *Type {
	switch {
	case kind == "DeleteOptions":
		return Lookup("meta.v1.DeleteOptions")
	case group == "":
		group = "core"
	}
	group, _, _ = strings.Cut(group, ".")
	return Lookup(group + "." + version + "." + kind)
}

// Field returns the field of that name, also from a type whose fields stand in
// the place of one, or nil. A nil type has no fields.
func (t *Type) Field(name string) *Field {
	if t == nil {
		return nil
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Name == name {
			return f
		}
		if f.Inline() {
			if inner := f.Type().Field(name); inner != nil {
				return inner
			}
		}
	}
	return nil
}

// Names returns the names of all types in order.
func Names() []string {
	var names []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "\t") {
			names = append(names, strings.TrimSpace(line))
		}
	}
	return names
}

// types reads the text: a line with the name of a type, and below it an indented
// line for each field, with name, number, type and what else there is.
var types = sync.OnceValue(func() map[string]*Type {
	all := map[string]*Type{}
	var t *Type
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if !strings.HasPrefix(line, "\t") {
			t = &Type{Name: words[0]}
			all[t.Name] = t
			continue
		}
		t.Fields = append(t.Fields, readField(words))
	}
	return all
})

func readField(words []string) Field {
	f := Field{Name: words[0]}
	f.number, _ = strconv.ParseUint(words[1], 10, 32) // a test reads every line
	f.Of, f.List = strings.CutPrefix(words[2], "[]")
	f.Of, f.Map = strings.CutPrefix(f.Of, "map[string]")
	for _, word := range words[3:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "omitzero":
			f.omitZero = true
		case "key":
			f.MergeKey = value
		case "strategy":
			f.Strategies = strings.Split(value, ",")
		}
	}
	return f
}
