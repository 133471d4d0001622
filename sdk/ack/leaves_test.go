package ack_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

// leaves are the plain values of a body, or of what was made of it, by their place: a
// JSON pointer without the steps of first items, so that a list of one is where the
// one is. Numbers and booleans are as their texts, and times in UTC.
type leaves map[string]string

func leavesOfJSON(t *testing.T, body []byte) leaves {
	t.Helper()
	var v any
	dec := json.NewDecoder(strings.NewReader(string(body)))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&v))
	found := leaves{}
	found.add("", reflect.ValueOf(v))
	return found
}

// leavesOfValue returns those of a response that are not zero.
func leavesOfValue(t *testing.T, out reflect.Value) leaves {
	t.Helper()
	found := leaves{}
	found.add("", out)
	for path, text := range found {
		if isZeroText(text) {
			delete(found, path)
		}
	}
	return found
}

func (l leaves) add(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		return
	case reflect.Pointer, reflect.Interface:
		l.add(path, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			l.add(path+"/"+strconv.Itoa(i), v.Index(i))
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			l.add(path+"/"+escaper.Replace(key.String()), value)
		}
	case reflect.Struct:
		l.addStruct(path, v)
	default:
		l[plainPath(path)] = plainText(v)
	}
}

func (l leaves) addStruct(path string, v reflect.Value) {
	if at, ok := reflect.TypeAssert[time.Time](v); ok {
		l[plainPath(path)] = inUTC(at)
		return
	}
	for field, value := range v.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Type == reflect.TypeFor[roa.Metadata]():
		case field.Anonymous || name == "-": // the body as a whole
			l.add(path, value)
		default:
			l.add(path+"/"+escaper.Replace(name), value)
		}
	}
}

var escaper = strings.NewReplacer("~", "~0", "/", "~1")

// plainPath leaves out the steps of first items.
func plainPath(pointer string) string {
	for strings.Contains(pointer+"/", "/0/") {
		pointer = strings.TrimSuffix(strings.Replace(pointer+"/", "/0/", "/", 1), "/")
	}
	return pointer
}

func plainText(v reflect.Value) string {
	text := fmt.Sprint(v.Interface())
	if secret, ok := reflect.TypeAssert[roa.Secret](v); ok {
		text = secret.Reveal()
	}
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return inUTC(at)
	}
	return text
}

func inUTC(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// isZeroText reports whether a value says nothing, or what a field that is not set
// says, too.
func isZeroText(text string) bool {
	switch strings.TrimSpace(text) {
	case "", "0", "false", inUTC(time.Time{}):
		return true
	}
	return false
}
