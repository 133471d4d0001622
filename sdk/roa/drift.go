package roa

import (
	"bytes"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// DriftKind says how a response differs from its declaration.
type DriftKind string

// The kinds of drift.
const (
	// UnknownField is a member of an object that the declared type does not
	// have. It was left out of the result.
	UnknownField DriftKind = "unknown field"
	// TypeMismatch is a value of another type than declared. It was converted,
	// unless the call failed with a [DecodeError] of the same path.
	TypeMismatch DriftKind = "type mismatch"
)

// Drift is one place where a response differs from what the SDK was made for. It
// holds names and types, never values.
type Drift struct {
	// Operation is the name of the operation.
	Operation string
	// Path is the JSON pointer of the place, such as "/nodes/0/name"; "" is the
	// whole response. Keys of maps are part of it. What is longer than 1 KiB is cut.
	Path string
	// Kind says what is different.
	Kind DriftKind
	// Want is the declared Go type, such as "int64". It is empty for unknown fields.
	Want string
	// Got is the JSON type that came: null, boolean, string, number, object or
	// array.
	Got string
	// RequestID identifies the request in the service's logs. It is empty when
	// the service sent none.
	RequestID string
}

// String returns one line for logs.
func (d Drift) String() string {
	text := d.Operation + ": " + string(d.Kind) + " at " + pathText(d.Path) + ": got " + d.Got
	if d.Want != "" {
		text += ", want " + d.Want
	}
	return text + requestSuffix(d.RequestID)
}

const (
	// maxDrifts bounds the work that one response can make for a hook.
	maxDrifts = 1000
	// maxDriftPath bounds the memory that a path of long names takes.
	maxDriftPath = 1 << 10
)

// driftLogger collects the drift of one response and reports it. It is an
// interface, so that only a program that names [WithDriftHook] links what that needs.
type driftLogger interface {
	// add notes a place.
	add(path string, kind DriftKind, want, got string)
	// findUnknown notes the members that no field of the declared type takes.
	findUnknown(data []byte, declared reflect.Type)
	// report tells the hooks what was found.
	report(operation, requestID string)
}

// driftLog collects the drift of one response.
type driftLog struct {
	hooks []func(Drift)
	list  []Drift
	at    map[driftKey]int // place in list
}

type driftKey struct {
	path string
	kind DriftKind
}

// add notes a place. When it is known already, the later types win: an array that
// was made of one value is told after the conversion of that value.
func (l *driftLog) add(path string, kind DriftKind, want, got string) {
	if len(path) > maxDriftPath {
		path = strings.Clone(path[:maxDriftPath])
	}
	key := driftKey{path, kind}
	if i, ok := l.at[key]; ok {
		l.list[i].Want, l.list[i].Got = want, got
		return
	}
	if len(l.list) >= maxDrifts {
		return
	}
	if l.at == nil {
		l.at = make(map[driftKey]int)
	}
	l.at[key] = len(l.list)
	l.list = append(l.list, Drift{Path: path, Kind: kind, Want: want, Got: got})
}

// report calls every hook with every place.
func (l *driftLog) report(operation, requestID string) {
	for _, drift := range l.list {
		drift.Operation, drift.RequestID = operation, requestID
		for _, hook := range l.hooks {
			hook(drift)
		}
	}
}

// findUnknown notes the members that no field of the declared type takes. It stops
// at a syntax error.
func (l *driftLog) findUnknown(data []byte, declared reflect.Type) {
	if declared == nil {
		return
	}
	w := unknownWalk{jsontext.NewDecoder(bytes.NewReader(data), syntaxOptions), l}
	_ = w.value(declared)
}

// unknownWalk reads JSON beside the type that it is decoded into.
type unknownWalk struct {
	dec *jsontext.Decoder
	log *driftLog
}

// value reads one value. It goes the way of the lenient decoder, which takes one
// value for an array of one; it skips what holds no members of structs.
func (w *unknownWalk) value(t reflect.Type) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == timeType || hasOwnDecoder(t) {
		return w.dec.SkipValue()
	}
	kind := w.dec.PeekKind()
	switch {
	case t.Kind() == reflect.Struct && kind == '{':
		return w.object(membersOf(t), nil)
	case t.Kind() == reflect.Map && kind == '{':
		return w.object(nil, t.Elem())
	case (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && kind == '[':
		return w.array(t.Elem())
	case t.Kind() == reflect.Slice && kind == '{':
		return w.value(t.Elem())
	default:
		return w.dec.SkipValue()
	}
}

// object reads the members of a struct, or, when that is nil, of a map with
// values of type elem.
func (w *unknownWalk) object(known *members, elem reflect.Type) error {
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for w.dec.PeekKind() == '"' {
		name, err := w.dec.ReadToken()
		if err != nil {
			return err
		}
		declared := elem
		if known != nil {
			declared = known.fields[name.String()]
		}
		if declared == nil {
			if !known.open {
				w.log.add(string(w.dec.StackPointer()), UnknownField, "", kindName(w.dec.PeekKind()))
			}
			err = w.dec.SkipValue()
		} else {
			err = w.value(declared)
		}
		if err != nil {
			return err
		}
	}
	_, err := w.dec.ReadToken()
	return err
}

func (w *unknownWalk) array(elem reflect.Type) error {
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for kind := w.dec.PeekKind(); kind != ']' && kind != jsontext.KindInvalid; kind = w.dec.PeekKind() {
		if err := w.value(elem); err != nil {
			return err
		}
	}
	_, err := w.dec.ReadToken()
	return err
}

// reflect.Type -> *members
