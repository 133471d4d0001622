package goapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
)

// CodeExtension marks an extension that does not fit the operation it stands on.
const CodeExtension = "GEN012"

// continuations builds what goes beyond a single call: retries, pages, states to
// wait for, and tasks.
func (b *builder) continuations(ops []*operation) {
	for _, o := range ops {
		if o.built != nil {
			b.retry(o)
			b.pager(o)
			b.waiters(o)
		}
	}
	b.tasks(ops)
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

// place returns where the value stands.
func (b *builder) place(v extValue) diag.Pos { return b.Locate(v.Origin, v.keys...) }

// badExtension reports a value of an extension.
func (b *builder) badExtension(v extValue, problem, fix string) {
	b.diags.Add(finding(b.place(v), CodeExtension, v.OperationID, strings.Join(v.keys, ": ")+": "+problem, fix))
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

// read is extension for a value inside of one.
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
	problem := strings.TrimPrefix(err.Error(), "json: ")
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok { // its text has the types of Go
		problem = "wrong type: " + e.Value
		if e.Field != "" {
			v.keys = append(slices.Clip(v.keys), strings.Split(e.Field, ".")...)
		}
	}
	b.badExtension(v, problem, "see the JSON Schema of the extension")
	return nil
}
