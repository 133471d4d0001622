package roa

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
)

var timeType = reflect.TypeFor[time.Time]()

// jsonTag is what a json tag says about a field.
type jsonTag struct {
	name     string
	skipped  bool // the field has no member
	embedded bool // the members of the field belong to the object around it
	optional bool // the zero value is left out
	nonEmpty bool // what is empty is left out
}

func parseJSONTag(f reflect.StructField) jsonTag {
	text := f.Tag.Get("json")
	if text == "-" || !f.IsExported() && !f.Anonymous {
		return jsonTag{skipped: true}
	}
	name, options, _ := strings.Cut(text, ",")
	tag := jsonTag{name: name, embedded: f.Anonymous && name == ""}
	if name == "" {
		tag.name = f.Name
	}
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "omitzero":
			tag.optional = true
		case "omitempty":
			tag.nonEmpty = true
		case "embed":
			tag.embedded = true
		}
	}
	return tag
}

// members are the JSON names of a struct.
type members struct {
	fields map[string]reflect.Type
	index  map[string][]int // where they are, for [reflect.Value.FieldByIndex]
	said   [][]int          // the same for all but the request id, in their order
	open   bool             // a field takes all other members
}

var memberCache sync.Map

func membersOf(t reflect.Type) *members {
	if m, ok := memberCache.Load(t); ok {
		return m.(*members) //nolint:errcheck // the cache holds nothing else
	}
	m := &members{fields: make(map[string]reflect.Type), index: make(map[string][]int)}
	m.collect(t, nil, make(map[reflect.Type]bool))
	memberCache.Store(t, m)
	return m
}

// collect adds the fields of a struct and of those that are embedded in it, the
// outer ones first as they win.
func (m *members) collect(t reflect.Type, at []int, seen map[reflect.Type]bool) {
	seen[t] = true
	var embedded []reflect.StructField
	for f := range t.Fields() {
		tag := parseJSONTag(f)
		switch {
		case tag.skipped:
		case tag.embedded:
			embedded = append(embedded, f)
		case m.fields[tag.name] == nil:
			m.fields[tag.name] = f.Type
			m.index[tag.name] = slices.Concat(at, f.Index)
			if !isRequestID(tag.name) {
				m.said = append(m.said, m.index[tag.name])
			}
		}
	}
	for _, f := range embedded {
		switch e := indirect(f.Type); {
		case e.Kind() != reflect.Struct:
			m.open = true
		case !seen[e]:
			m.collect(e, slices.Concat(at, f.Index), seen)
		}
	}
}

// decoderTypes are the interfaces of types that decode themselves. (A look for
// methods by name would make the linker keep every method of a program.)
var decoderTypes = [...]reflect.Type{
	reflect.TypeFor[json.Unmarshaler](),
	reflect.TypeFor[json.UnmarshalerFrom](),
	reflect.TypeFor[encoding.TextUnmarshaler](),
}

func hasOwnDecoder(t reflect.Type) bool {
	if t.PkgPath() == "" {
		return false
	}
	p := reflect.PointerTo(t)
	for _, decoderType := range decoderTypes {
		if p.Implements(decoderType) {
			return true
		}
	}
	return false
}

// isBytes reports whether a type is written as text in base64.
func isBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

// isFree reports whether a type takes every JSON value as it is.
func isFree(t reflect.Type) bool {
	return t.Kind() == reflect.Interface || isBytes(t) && hasOwnDecoder(t)
}

// innermost returns the type below pointers, lists and maps. A type that never
// ends stays what it is.
func innermost(t reflect.Type) reflect.Type {
	const maxLayers = 32
	for range maxLayers {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			t = t.Elem()
		default:
			return t
		}
	}
	return t
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func isScalar(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return true
	default:
		return t == timeType
	}
}
