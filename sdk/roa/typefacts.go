package roa

import (
	"bytes"
	"reflect"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// typeFacts is what decoding wants to know of a type and of all that it holds.
type typeFacts struct {
	// free tells that it holds free JSON.
	free bool
	// How many bytes of memory JSON values take at most, beside their own length:
	// objects in an array, other objects, and everything else.
	item, member, plain int64
	list                *list // the one that pages are made of, or nil
}

// typeFactsCache holds a *typeFacts for each reflect.Type.
var typeFactsCache sync.Map

func factsOf(t reflect.Type) *typeFacts {
	if f, ok := typeFactsCache.Load(t); ok {
		return f.(*typeFacts) //nolint:errcheck // the cache holds nothing else
	}
	f := &typeFacts{list: listOf(indirect(t))}
	f.collect(t, make(map[reflect.Type]bool))
	typeFactsCache.Store(t, f)
	return f
}

// What Go takes for containers, roughly: a slice that grew has up to as much room
// again, and a map is made of groups of slots.
const (
	growth    = 2
	mapSize   = 384 // with its first entries
	entrySize = 64  // of a later entry, beside its value
	freeSize  = 96  // of a plain value in an interface, with its place
	rawSize   = 16  // of a value that keeps its text, beside this
)

// collect adds a type and everything below it.
func (f *typeFacts) collect(t reflect.Type, seen map[reflect.Type]bool) {
	if seen[t] {
		return
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Interface:
		f.free = true
		f.add(mapSize+freeSize, mapSize, freeSize)
	case reflect.Struct:
		for field := range t.Fields() {
			if !parseJSONTag(field).skipped {
				f.collect(field.Type, seen)
			}
		}
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		elem := t.Elem()
		size := int64(elem.Size()) //nolint:gosec // no type is that large
		own := hasOwnDecoder(elem) && elem != timeType
		if own {
			size += rawSize
			f.addContainer(t.Kind(), size, false)
		}
		f.addContainer(t.Kind(), size, own || isScalar(elem) || elem.Kind() == reflect.Slice)
		f.collect(elem, seen)
	}
}

// addContainer adds what a value of a certain size costs in a container.
func (f *typeFacts) addContainer(kind reflect.Kind, size int64, plain bool) {
	switch {
	case kind == reflect.Map:
		f.add(mapSize, max(mapSize, growth*(entrySize+size)), entrySize+growth*size)
	case kind == reflect.Slice && plain:
		f.add(0, 0, growth*size)
	case kind == reflect.Slice:
		f.add(growth*size, 0, 0)
	case kind == reflect.Pointer && plain:
		f.add(0, 0, size)
	case kind == reflect.Pointer:
		f.add(size, size, 0)
	}
}

func (f *typeFacts) add(item, member, plain int64) {
	f.item, f.member, f.plain = max(f.item, item), max(f.member, member), max(f.plain, plain)
}

// fit reports whether the values of a JSON text take no more memory than room, by the
// largest that each of them can be.
func (f *typeFacts) fit(data []byte, room int64) bool {
	objects := int64(bytes.Count(data, []byte("{")))
	nulls := int64(bytes.Count(data, []byte("l")) / 2) // at most; single bytes are counted several times as fast
	others := int64(bytes.Count(data, []byte(",")) + bytes.Count(data, []byte("[")) + 1)
	if objects*max(f.item, f.member)+nulls*f.item+others*f.plain <= room {
		return true // as nearly always; texts in it have been counted, too
	}
	dec := jsontext.NewDecoder(bytes.NewBuffer(data), syntaxOptions)
	for used := int64(0); used <= room; {
		parent, _ := dec.StackIndex(dec.StackDepth())
		token, err := dec.ReadToken()
		if err != nil { // the end, or what decoding will fail at
			return true
		}
		used += f.cost(token.Kind(), parent)
	}
	return false
}

// cost returns how much memory the value takes that a token begins.
func (f *typeFacts) cost(kind, parent jsontext.Kind) int64 {
	inArray := parent == '['
	switch {
	case kind == '}' || kind == ']':
		return 0
	case kind == '{' && inArray:
		return f.item
	case kind == '{':
		return f.member
	case kind == 'n' && inArray:
		return max(f.item, f.plain) // its place is as large as that of any item
	default:
		return f.plain
	}
}
