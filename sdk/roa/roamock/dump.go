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

// dump shows a value in one line: pointers are followed, fields without a value are left out,
// and types that format themselves, as secrets do, are asked to.
func dump(v reflect.Value) string {
	var b strings.Builder
	dumpValue(&b, v, 0)
	if b.Len() > maxDump {
		return strings.ToValidUTF8(b.String()[:maxDump], "") + "..."
	}
	return b.String()
}

func dumpValue(b *strings.Builder, v reflect.Value, depth int) {
	if !v.IsValid() || depth > maxDepth || b.Len() > maxDump {
		b.WriteString("nil")
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
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
	b.WriteByte('{')
	for i, key := range keys {
		if i > 0 {
			b.WriteString(", ")
		}
		dumpValue(b, key, depth+1)
		b.WriteString(": ")
		dumpValue(b, v.MapIndex(key), depth+1)
	}
	b.WriteByte('}')
}
