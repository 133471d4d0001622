package goapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/internal/spell"
)

// CodeExtension marks an extension whose value does not fit the object that it
// stands on.
const CodeExtension = "GEN012"

// continuations builds everything that takes more than one request: retries, pagers,
// waiters and tasks.
func (b *builder) continuations(ops []*operation) {
	for _, o := range ops {
		if o.built != nil {
			b.retry(o)
			b.pager(o)
			b.waiters(o)
		}
	}
	b.tasks(ops)
	for _, o := range ops {
		if o.built != nil {
			b.presence(o)
		}
	}
}

// extValue is a value inside an extension of an operation.
type extValue struct {
	*operation

	keys []string // what leads to the value, the name of the extension first
}

// ext returns the value of an extension.
func (o *operation) ext(name string) extValue { return extValue{o, []string{name}} }

// at returns the value below a key.
func (v extValue) at(key string) extValue {
	return extValue{v.operation, append(slices.Clip(v.keys), key)}
}

// positionOf returns the position of the value.
func (b *builder) positionOf(v extValue) diag.Pos { return b.Locate(v.Origin, v.keys...) }

// badExtension reports a value of an extension.
func (b *builder) badExtension(v extValue, problem, fix string) {
	b.diags.Add(finding(b.positionOf(v), CodeExtension, v.OperationID, strings.Join(v.keys, ": ")+": "+problem, fix))
}

// extension reads the value of an extension into a T. It returns nil when the
// operation has none, or one of another form, which is a finding.
func extension[T any](b *builder, v extValue) *T {
	value, ok := v.Extensions[v.keys[0]]
	if !ok {
		return nil
	}
	return read[T](b, v, value)
}

// read does the same for a value inside of an extension.
func read[T any](b *builder, v extValue, value any) *T {
	out := new(T)
	data, err := json.Marshal(value)
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		err = dec.Decode(out)
	}
	if err == nil {
		return out
	}
	problem, fix := strings.TrimPrefix(err.Error(), "json: "), "see the JSON Schema of the extension"
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok { // its text has the types of Go
		problem = "wrong type: " + e.Value
		if e.Field != "" {
			v.keys = append(slices.Clip(v.keys), strings.Split(e.Field, ".")...)
		}
	}
	if quoted, ok := strings.CutPrefix(problem, "unknown field "); ok {
		if name, err := strconv.Unquote(quoted); err == nil {
			v, problem, fix = v.at(name), "it is not a key of the extension"+spell.Hint(name, keysOf(reflect.TypeFor[T]())), "correct the name, or delete it"
		}
	}
	b.badExtension(v, problem, fix)
	return nil
}

// keysOf returns the JSON names of a struct's fields.
func keysOf(t reflect.Type) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var out []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, name)
	}
	return out
}
