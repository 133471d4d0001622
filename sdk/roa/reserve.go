package roa

import (
	"bytes"
	"reflect"
)

// list is the one list of objects in a type of response, such as the nodes of a page.
type list struct {
	at    []int  // the field of the struct that holds it; nil: the type is the list
	begin []byte // what stands before the first item
}

// listOf returns nil for a type with no list of objects or with several.
func listOf(t reflect.Type) *list {
	if isObjectList(t) {
		return &list{begin: []byte("[")}
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var found *list
	for field := range t.Fields() {
		tag := parseJSONTag(field)
		switch {
		case tag.skipped || !isObjectList(field.Type):
		case found != nil:
			return nil
		default:
			found = &list{at: field.Index, begin: []byte(`"` + tag.name + `":[`)}
		}
	}
	return found
}

func isObjectList(t reflect.Type) bool {
	if t.Kind() != reflect.Slice || hasOwnDecoder(t) {
		return false
	}
	item := t.Elem()
	return item.Kind() == reflect.Struct && item.Size() > 0 && !hasOwnDecoder(item)
}

// reserve makes room for the items of the list in out, which then need not be moved
// each time that it grows, and returns the list. It returns the zero value when it cannot
// tell how many they are: a service writes the members of all items in one order, so that all
// begin alike.
func (l *list) reserve(data []byte, out reflect.Value) reflect.Value {
	if l == nil {
		return reflect.Value{}
	}
	target := out
	if l.at != nil {
		target = out.FieldByIndex(l.at)
	}
	_, items, _ := bytes.Cut(data, l.begin)
	name := bytes.IndexByte(items, ':')
	if name < 0 || target.Cap() > 0 {
		return reflect.Value{}
	}
	t := target.Type()
	const perByte = 2 // at most, whatever the text is; few responses have less text than half of their memory
	size := int(t.Elem().Size())
	count := min(bytes.Count(items, items[:name+1]), perByte*len(data)/size)
	if count < 2 {
		return reflect.Value{}
	}
	target.Set(reflect.MakeSlice(t, 0, count))
	return target
}

// release takes the room back from a list that the response has not mentioned, which has no
// items then as decoding leaves no room in an empty one, and from one that was taken for
// much longer than it is.
func release(reserved reflect.Value) {
	switch {
	case !reserved.IsValid():
	case reserved.Len() == 0 && reserved.Cap() > 0:
		reserved.SetZero()
	case reserved.Cap() > 2*reserved.Len(): // more than a list that grows by itself
		short := reflect.MakeSlice(reserved.Type(), reserved.Len(), reserved.Len())
		reflect.Copy(short, reserved)
		reserved.Set(short)
	}
}
