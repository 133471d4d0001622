package roamock

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxDump is how much of a request a message shows, in bytes.
const maxDump = 2000

// maxShown is how much of a field that differs a message shows, in bytes.
const maxShown = 300

// dump shows a value in one line: pointers are followed, fields without a value are left out,
// and types that format themselves, as secrets do, are asked to.
func dump(v reflect.Value) string {
	var b strings.Builder
	dumpValue(&b, v, 0)
	return cut(b.String(), maxDump)
}

// cut shortens a text that is longer than size bytes.
func cut(text string, size int) string {
	if len(text) <= size {
		return text
	}
	return strings.ToValidUTF8(text[:size], "") + "..."
}

func dumpValue(b *strings.Builder, v reflect.Value, depth int) {
	if !v.IsValid() || depth > maxDepth || b.Len() > maxDump {
		b.WriteString("nil")
		return
	}
	if isStream(v) {
		b.WriteString("a stream (" + reflect.TypeOf(v.Interface()).String() + ")")
		return
	}
	if v.Kind() != reflect.Pointer && v.CanInterface() {
		switch self := v.Interface().(type) {
		case fmt.Formatter:
			fmt.Fprint(b, self)
			return
		case time.Time:
			b.WriteString(self.Format(time.RFC3339Nano))
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		dumpValue(b, v.Elem(), depth+1)
	case reflect.Struct:
		dumpStruct(b, v, depth)
	case reflect.Slice, reflect.Array:
		dumpList(b, v, depth)
	case reflect.Map:
		dumpMap(b, v, depth)
	case reflect.String:
		b.WriteString(strconv.Quote(v.String()))
	case reflect.Bool:
		b.WriteString(strconv.FormatBool(v.Bool()))
	default:
		if v.CanInt() || v.CanUint() || v.CanFloat() {
			fmt.Fprint(b, v)
			return
		}
		b.WriteString(v.Type().String())
	}
}

func dumpStruct(b *strings.Builder, v reflect.Value, depth int) {
	b.WriteString(v.Type().Name() + "{")
	first := true
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || v.Field(i).IsZero() {
			continue
		}
		if !first {
			b.WriteString(", ")
		}
		first = false
		b.WriteString(field.Name + ": ")
		dumpValue(b, v.Field(i), depth+1)
	}
	b.WriteByte('}')
}

func dumpList(b *strings.Builder, v reflect.Value, depth int) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		b.WriteString("nil")
		return
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		b.WriteString(strconv.Quote(string(v.Bytes())))
		return
	}
	b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		dumpValue(b, v.Index(i), depth+1)
	}
	b.WriteByte(']')
}

func dumpMap(b *strings.Builder, v reflect.Value, depth int) {
	if v.IsNil() {
		b.WriteString("nil")
		return
	}
	b.WriteByte('{')
	for i, key := range sortedKeys(v) {
		if i > 0 {
			b.WriteString(", ")
		}
		dumpValue(b, key, depth+1)
		b.WriteString(": ")
		dumpValue(b, v.MapIndex(key), depth+1)
	}
	b.WriteByte('}')
}

// sortedKeys returns the keys of a map in the order of how they are shown.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(dump(x), dump(y)) })
	return keys
}
