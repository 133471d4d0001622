package roamock

import (
	"bytes"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// differences compares a request that a test expects with the one that came, and
// returns a line for each field that differs. No line shows a secret. A request
// that is expected may be given by value, too.
func differences(name string, want, got any) []string {
	w, g := reflect.ValueOf(want), reflect.ValueOf(got)
	if w.IsValid() && g.IsValid() && g.Kind() == reflect.Pointer && w.Type() == g.Type().Elem() {
		g = g.Elem()
	}
	var d differ
	d.compare(name, w, g, 0)
	return d.lines
}

// differ collects what differs.
type differ struct{ lines []string }

func (d *differ) add(path string, want, got reflect.Value) {
	d.lines = append(d.lines, path+" differs: want "+show(want, got)+", got "+show(got, want))
}

// show describes a value beside another one.
func show(v, other reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	text := cut(dump(v), maxShown)
	if other.IsValid() && v.Type() != other.Type() {
		return "the " + v.Type().String() + " " + text
	}
	return text
}

func (d *differ) compare(path string, want, got reflect.Value, depth int) {
	if !want.IsValid() || !got.IsValid() {
		if want.IsValid() != got.IsValid() {
			d.add(path, want, got)
		}
		return
	}
	if want.Type() != got.Type() || isStream(want) || depth > maxDepth {
		if !sameWhole(want, got) {
			d.add(path, want, got)
		}
		return
	}
	switch want.Kind() {
	case reflect.Pointer, reflect.Interface:
		if want.IsNil() || got.IsNil() {
			d.whole(path, want, got, want.IsNil() == got.IsNil())
			return
		}
		d.compare(path, want.Elem(), got.Elem(), depth+1)
	case reflect.Struct:
		d.structs(path, want, got, depth)
	case reflect.Slice, reflect.Array:
		d.lists(path, want, got, depth)
	case reflect.Map:
		d.maps(path, want, got, depth)
	default:
		d.whole(path, want, got, sameWhole(want, got))
	}
}

func (d *differ) whole(path string, want, got reflect.Value, same bool) {
	if !same {
		d.add(path, want, got)
	}
}

// structs compares the fields. A struct that hides some is compared as a whole.
func (d *differ) structs(path string, want, got reflect.Value, depth int) {
	for i := range want.NumField() {
		if !want.Type().Field(i).IsExported() {
			d.whole(path, want, got, sameWhole(want, got))
			return
		}
	}
	for i := range want.NumField() {
		d.compare(path+"."+want.Type().Field(i).Name, want.Field(i), got.Field(i), depth+1)
	}
}

// lists compares items. A list that is nil differs from an empty one: it is not sent.
func (d *differ) lists(path string, want, got reflect.Value, depth int) {
	if want.Kind() == reflect.Slice && (want.IsNil() != got.IsNil() || want.Type().Elem().Kind() == reflect.Uint8) {
		d.whole(path, want, got, want.IsNil() == got.IsNil() && bytes.Equal(want.Bytes(), got.Bytes()))
		return
	}
	for i := range max(want.Len(), got.Len()) {
		d.compare(path+"["+strconv.Itoa(i)+"]", item(want, i), item(got, i), depth+1)
	}
}

// item returns an item of a list, or nothing behind its end.
func item(list reflect.Value, i int) reflect.Value {
	if i < list.Len() {
		return list.Index(i)
	}
	return reflect.Value{}
}

func (d *differ) maps(path string, want, got reflect.Value, depth int) {
	if want.IsNil() != got.IsNil() {
		d.add(path, want, got)
		return
	}
	for _, key := range sortedKeys(want) {
		d.compare(path+"["+dump(key)+"]", want.MapIndex(key), got.MapIndex(key), depth+1)
	}
	for _, key := range sortedKeys(got) {
		if !want.MapIndex(key).IsValid() {
			d.add(path+"["+dump(key)+"]", reflect.Value{}, got.MapIndex(key))
		}
	}
}

// sameWhole compares two values without looking for what differs.
func sameWhole(want, got reflect.Value) bool {
	if !want.CanInterface() || !got.CanInterface() {
		return false
	}
	w, g := want.Interface(), got.Interface()
	switch w := w.(type) {
	case time.Time:
		other, ok := g.(time.Time)
		return ok && w.Equal(other)
	case *bytes.Reader, *bytes.Buffer, *strings.Reader:
		return reflect.DeepEqual(w, g)
	case io.Reader:
		return want.Comparable() && got.Comparable() && w == g
	}
	return reflect.DeepEqual(w, g)
}

// isStream reports whether v is a stream, which comparing and showing must not
// read.
func isStream(v reflect.Value) bool {
	if !v.IsValid() || !v.CanInterface() {
		return false
	}
	_, ok := reflect.TypeAssert[io.Reader](v)
	return ok
}
