package roa

import (
	"bytes"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// DriftKind says how an answer differs from its declaration.
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

// Drift is one place where an answer differs from what the SDK was made for. It
// holds names and types, never values.
type Drift struct {
	// Operation is the name of the operation.
	Operation string
	// Path is the JSON pointer of the place, such as "/nodes/0/name"; "" is the
	// whole answer. Keys of maps are part of it. What is longer than 1 KiB is cut.
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
	// maxDrifts bounds the work that one answer can make for a hook.
	maxDrifts = 1000
	// maxDriftPath bounds the memory that a path of long names takes.
	maxDriftPath = 1 << 10
)

// WithDriftHook calls a function for every place where an answer differs from
// its declared type: unknown fields, and values of another type. Each place is told
// once per answer, and at most 1000 places are. Several hooks are called in their
// order; nil is ignored. Without a hook nobody looks, and nothing is paid.
//
// A hook is called in the goroutine of the call, after the answer was decoded, and
// must be safe for concurrent use. It gets a copy, and can change neither the
// result nor the error of the call. A panic of a hook is not recovered: it unwinds
// through the call like one of the caller's own code, and leaves nothing open.
func WithDriftHook(hook func(Drift)) Option {
	return func(s *settings) {
		if hook != nil {
			s.driftHooks = append(s.driftHooks, hook)
		}
	}
}

// newDecoder returns the decoder of one answer.
func (c *Client) newDecoder() decoder {
	if len(c.driftHooks) == 0 {
		return decoder{}
	}
	return decoder{drifts: new(driftLog)}
}

// reportDrifts tells the hooks what the decoder of an answer found.
func (c *Client) reportDrifts(op *Operation, d decoder, resp *http.Response, body []byte) {
	if d.drifts == nil || len(d.drifts.list) == 0 {
		return
	}
	var md Metadata
	fillMetadata(&md, resp, body)
	for _, drift := range d.drifts.list {
		drift.Operation, drift.RequestID = op.Name, md.RequestID
		for _, hook := range c.driftHooks {
			hook(drift)
		}
	}
}

// driftLog collects the drift of one answer. All methods accept nil, which
// collects nothing.
type driftLog struct {
	list []Drift
	at   map[driftKey]int // place in list
}

type driftKey struct {
	path string
	kind DriftKind
}

// add notes a place. When it is known already, the later types win: an array that
// was made of one value is told after the conversion of that value.
func (l *driftLog) add(path string, kind DriftKind, want, got string) {
	if l == nil {
		return
	}
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

// findUnknown notes the members that no field of the declared type takes. It stops
// at a syntax error.
func (l *driftLog) findUnknown(data []byte, declared reflect.Type) {
	if l == nil || declared == nil {
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

// members are the JSON names of a struct.
type members struct {
	fields map[string]reflect.Type
	open   bool // a field takes all other members
}

var memberCache sync.Map // reflect.Type -> *members

func membersOf(t reflect.Type) *members {
	if m, ok := memberCache.Load(t); ok {
		return m.(*members) //nolint:errcheck,forcetypeassert // the cache holds nothing else
	}
	m := &members{fields: make(map[string]reflect.Type)}
	m.collect(t, make(map[reflect.Type]bool))
	memberCache.Store(t, m)
	return m
}

// collect adds the fields of a struct and of those that are embedded in it, the
// outer ones first as they win.
func (m *members) collect(t reflect.Type, seen map[reflect.Type]bool) {
	seen[t] = true
	var embedded []reflect.Type
	for f := range t.Fields() {
		tag := parseJSONTag(f)
		switch {
		case tag.skipped:
		case tag.embedded:
			embedded = append(embedded, indirect(f.Type))
		case m.fields[tag.name] == nil:
			m.fields[tag.name] = f.Type
		}
	}
	for _, e := range embedded {
		switch {
		case e.Kind() != reflect.Struct:
			m.open = true
		case !seen[e]:
			m.collect(e, seen)
		}
	}
}

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

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}
