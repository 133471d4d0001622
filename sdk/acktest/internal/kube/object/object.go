// Package object handles Kubernetes objects as trees of JSON: maps, slices,
// strings, booleans, nil and [json.Number], so that fields that the fake does
// not know survive and numbers stay as they were written.
//
// # Imports
//
// It may import the standard library and go.yaml.in/yaml/v3.
package object

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// Object is a Kubernetes object or a part of one.
type Object = map[string]any

// Decode reads one object of JSON.
func Decode(data []byte) (Object, error) {
	tree, err := DecodeTree(data)
	if err != nil {
		return nil, err
	}
	o, ok := tree.(Object)
	if !ok {
		return nil, errors.New("the body is not an object")
	}
	return o, nil
}

// DecodeTree reads one value of JSON, of any type.
func DecodeTree(data []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read JSON: there is more than one value")
	}
	return tree, nil
}

// Int returns a number as it stands in objects.
func Int(n int64) json.Number { return json.Number(strconv.FormatInt(n, 10)) }

// Get returns what is at a path of names, or nil.
func Get(o Object, path ...string) any {
	var at any = o
	for _, name := range path {
		m, ok := at.(Object)
		if !ok {
			return nil
		}
		at = m[name]
	}
	return at
}

// String returns the text at a path, or "".
func String(o Object, path ...string) string {
	s, _ := Get(o, path...).(string)
	return s
}

// Bool tells whether there is a true at a path.
func Bool(o Object, path ...string) bool {
	b, _ := Get(o, path...).(bool)
	return b
}

// Map returns the object at a path, or nil.
func Map(o Object, path ...string) Object {
	m, _ := Get(o, path...).(Object)
	return m
}

// List returns the list at a path, or nil.
func List(o Object, path ...string) []any {
	l, _ := Get(o, path...).([]any)
	return l
}

// Maps returns the objects in the list at a path.
func Maps(o Object, path ...string) []Object {
	var all []Object
	for _, item := range List(o, path...) {
		if m, ok := item.(Object); ok {
			all = append(all, m)
		}
	}
	return all
}

// Integer returns the integer at a path, and whether there is one.
func Integer(o Object, path ...string) (int64, bool) {
	n, ok := Get(o, path...).(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return i, err == nil
}

// Strings returns the texts of the map at a path, such as labels.
func Strings(o Object, path ...string) map[string]string {
	texts := map[string]string{}
	for name, value := range Map(o, path...) {
		if s, ok := value.(string); ok {
			texts[name] = s
		}
	}
	return texts
}

// Set puts a value at a path and makes the objects on the way.
func Set(o Object, value any, path ...string) {
	last := len(path) - 1
	for _, name := range path[:last] {
		next, ok := o[name].(Object)
		if !ok {
			next = Object{}
			o[name] = next
		}
		o = next
	}
	o[path[last]] = value
}

// Remove removes what is at a path.
func Remove(o Object, path ...string) {
	last := len(path) - 1
	if parent := Map(o, path[:last]...); parent != nil {
		delete(parent, path[last])
	}
}

// Clone returns a copy that shares nothing with the original.
func Clone(o Object) Object {
	c, _ := CloneTree(o).(Object)
	return c
}

// CloneTree returns a copy of any value.
func CloneTree(tree any) any {
	switch v := tree.(type) {
	case Object:
		if v == nil {
			return v
		}
		c := make(Object, len(v))
		for name, value := range v {
			c[name] = CloneTree(value)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, value := range v {
			c[i] = CloneTree(value)
		}
		return c
	default:
		return v
	}
}

// FromStrings returns a map of texts as an object.
func FromStrings(texts map[string]string) Object {
	o := make(Object, len(texts))
	for name, text := range texts {
		o[name] = text
	}
	return o
}

// Names returns the names of an object's fields in order.
func Names(o Object) []string { return slices.Sorted(maps.Keys(o)) }
