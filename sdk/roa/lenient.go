package roa

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxLost is how many lost values the [Metadata] of a response names.
const maxLost = 100

// decoder turns JSON into values: first as declared, and, when a value has
// another type than declared, again after [lenient] rewrote it.
type decoder struct {
	// drifts, unless nil, collects where the response is not as declared.
	drifts driftLogger
	// always and needed are those of the [Operation].
	always, needed []string
	// room is how much memory a small response may take; zero is no limit.
	room int64
}

// decodeStrict decodes as declared. Numbers in free JSON keep all their digits.
func decodeStrict(data []byte, out any) error {
	options := syntaxOptions
	if t := reflect.TypeOf(out); t != nil && factsOf(t).free {
		options = freeOptions
	}
	return json.Unmarshal(data, out, options)
}

// lenient rewrites JSON into the form that a declared type takes, in one pass over
// it. It is for what does not decode as it came. What fits stays as it is, and for a
// value of another JSON type than declared there is:
//
//   - "true", "yes" and 1 for a boolean, "12", 12.0 and true for a number;
//   - a number, a boolean, an object or an array for a string, as its JSON text, but
//     only a number for an id, a state or a token that is needed;
//   - times without a zone (taken as UTC), with a space instead of the T, and
//     as seconds or milliseconds since 1970;
//   - one value for an array of one: an object only if it has a member of the
//     items; {} is an array without items;
//   - "" for everything but the items of a list, as the zero value, which is nil for
//     a pointer: it says nothing.
//
// A value that cannot be had exactly is never guessed. The member of an object
// that holds it is left out, and its path is kept in lost. A list or a map is had
// whole or not at all: a list that lacks an item says that the item is gone.
type lenient struct {
	decoder

	dec *jsontext.Decoder
	out []byte
	// misfit is the value that was refused last, and fatal the one that costs
	// something needed.
	misfit, fatal misfit
	lost          []string

	name []byte // of the member that is read
}

// misfit is a value that does not fit its declaration.
type misfit struct {
	path   string
	goType reflect.Type // nil when there is no such value
	kind   jsontext.Kind
}

func newLenient(data []byte, d decoder) *lenient {
	return &lenient{decoder: d, dec: jsontext.NewDecoder(bytes.NewBuffer(data), syntaxOptions)}
}

// document rewrites the whole text, which holds one value and nothing after it.
func (l *lenient) document(declared reflect.Type) (bool, error) {
	fits, err := l.value(declared)
	if err != nil {
		return false, err
	}
	end := l.dec.InputOffset()
	switch _, err := l.dec.ReadToken(); {
	case errors.Is(err, io.EOF):
		return fits, nil
	case err != nil:
		return false, err
	}
	return false, &jsontext.SyntacticError{ByteOffset: end, Err: errors.New("a second value")}
}

// value rewrites one value and reports whether the type takes it. It reads to the
// end of the value in either case.
func (l *lenient) value(declared reflect.Type) (bool, error) {
	t := declared
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	kind := l.dec.PeekKind()
	switch {
	case kind == 'n' || t.Kind() == reflect.Interface:
		return true, l.copyValue()
	case t != timeType && hasOwnDecoder(t) || isBytes(t):
		return l.ownValue(t, kind)
	case kind == '{' && t.Kind() == reflect.Struct && t != timeType:
		return l.object(membersOf(t), nil)
	case kind == '{' && t.Kind() == reflect.Map:
		return l.object(nil, t.Elem())
	case kind == '[' && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array):
		return l.array(t.Elem())
	case kind == '{' && t.Kind() == reflect.Slice:
		return l.objectForList(t)
	}
	return l.scalar(t, kind)
}

// copyValue copies a value as it is.
func (l *lenient) copyValue() error {
	raw, err := l.dec.ReadValue()
	l.out = append(l.out, raw...)
	return err
}

// ownValue copies a value for a type that decodes itself, if it does.
func (l *lenient) ownValue(t reflect.Type, kind jsontext.Kind) (bool, error) {
	raw, err := l.dec.ReadValue()
	if err != nil {
		return false, err
	}
	if decodeStrict(raw, reflect.New(t).Interface()) != nil {
		return l.refuse(t, kind), nil
	}
	l.out = append(l.out, raw...)
	return true, nil
}

// object rewrites an object for a struct, or, when known is nil, for a map with
// values of type elem.
func (l *lenient) object(known *members, elem reflect.Type) (bool, error) {
	if _, err := l.dec.ReadToken(); err != nil {
		return false, err
	}
	_, fits, err := l.members(known, elem)
	return fits, err
}

// members does so once the beginning of the object was read. It also returns how
// many members the type knows.
func (l *lenient) members(known *members, elem reflect.Type) (found int, fits bool, err error) {
	l.out = append(l.out, '{')
	fits = true
	for first := true; l.dec.PeekKind() == '"'; {
		start := len(l.out)
		if !first {
			l.out = append(l.out, ',')
		}
		name, err := l.memberName()
		if err != nil {
			return 0, false, err
		}
		var ok bool
		switch {
		case known == nil:
			ok, err = l.item(elem)
			fits = fits && ok
		case known.fields[string(name)] != nil:
			found++
			ok, err = l.value(known.fields[string(name)])
			if !ok {
				l.lose()
			}
		default:
			ok, err = l.unknown(known.open)
		}
		if err != nil {
			return 0, false, err
		}
		if ok {
			first = false
		} else {
			l.out = l.out[:start]
		}
	}
	l.out = append(l.out, '}')
	_, err = l.dec.ReadToken()
	return found, fits, err
}

// memberName copies the name of a member and returns it until the next call.
func (l *lenient) memberName() ([]byte, error) {
	raw, err := l.dec.ReadValue()
	if err != nil {
		return nil, err
	}
	l.out = append(append(l.out, raw...), ':')
	l.name, _ = jsontext.AppendUnquote(l.name[:0], raw) // bytes that are not UTF-8 become marks
	return l.name, nil
}

// unknown copies or leaves out a member that no field takes.
func (l *lenient) unknown(kept bool) (bool, error) {
	if kept {
		return true, l.copyValue()
	}
	if l.drifts != nil {
		l.drifts.add(string(l.dec.StackPointer()), UnknownField, "", kindName(l.dec.PeekKind()))
	}
	return false, l.dec.SkipValue()
}

func (l *lenient) array(elem reflect.Type) (bool, error) {
	if _, err := l.dec.ReadToken(); err != nil {
		return false, err
	}
	l.out = append(l.out, '[')
	fits := true
	for first := true; l.dec.PeekKind() != ']'; first = false {
		if !first {
			l.out = append(l.out, ',')
		}
		ok, err := l.item(elem)
		if err != nil {
			return false, err
		}
		fits = fits && ok
	}
	l.out = append(l.out, ']')
	_, err := l.dec.ReadToken()
	return fits, err
}

// item rewrites an item of a list or a value of a map. An empty text that stands for
// something else would become one that nobody sent.
func (l *lenient) item(elem reflect.Type) (bool, error) {
	kind := l.dec.PeekKind()
	ok, err := l.value(elem)
	if ok && kind == '"' && bytes.HasSuffix(l.out, []byte("null")) {
		ok = l.refuse(elem, kind)
	}
	return ok, err
}

// objectForList takes an object for a list of one, if it has a member of the items,
// and {} for a list without items.
func (l *lenient) objectForList(list reflect.Type) (bool, error) {
	elem := indirect(list.Elem())
	isStruct := elem.Kind() == reflect.Struct && elem != timeType && !hasOwnDecoder(elem)
	if !isStruct && elem.Kind() != reflect.Map {
		return l.rawForList(list)
	}
	start := len(l.out)
	l.out = append(l.out, '[')
	if _, err := l.dec.ReadToken(); err != nil {
		return false, err
	}
	var fits bool
	var err error
	if l.dec.PeekKind() == '}' {
		_, err = l.dec.ReadToken()
		fits = l.mayBeEmpty()
	} else {
		fits, err = l.objectItem(elem)
	}
	if err != nil {
		return false, err
	}
	if !fits {
		l.out = l.out[:start]
		return l.refuse(list, '{'), nil
	}
	l.out = append(l.out, ']')
	l.converted(list, '{')
	return true, nil
}

// objectItem rewrites an object as an item once its beginning was read. A struct
// must know one of its members.
func (l *lenient) objectItem(elem reflect.Type) (bool, error) {
	if elem.Kind() == reflect.Map {
		_, fits, err := l.members(nil, elem.Elem())
		return fits, err
	}
	found, fits, err := l.members(membersOf(elem), nil)
	return fits && found > 0, err
}

// rawForList does so for lists of free JSON and of plain values, which an object is
// not.
func (l *lenient) rawForList(list reflect.Type) (bool, error) {
	raw, err := l.dec.ReadValue()
	if err != nil {
		return false, err
	}
	isEmpty := len(bytes.Trim(raw, "{} \t\r\n")) == 0
	isFree := list.Elem().Kind() == reflect.Interface
	if isEmpty && !l.mayBeEmpty() || !isEmpty && !isFree {
		return l.refuse(list, '{'), nil
	}
	l.out = append(l.out, '[')
	if !isEmpty {
		l.out = append(l.out, raw...)
	}
	l.out = append(l.out, ']')
	l.converted(list, '{')
	return true, nil
}

// mayBeEmpty reports whether {} stands for a list without items at this place. It
// must not end a list of pages.
func (l *lenient) mayBeEmpty() bool { return !l.isNeeded() }

// isNeeded reports whether pagers, waiters or tasks go by the value that was read
// last.
func (l *lenient) isNeeded() bool { return slices.Contains(l.needed, string(l.dec.StackPointer())) }

// isAlways reports whether every response has the member at a path.
func (l *lenient) isAlways(path string) bool {
	return slices.ContainsFunc(l.always, func(name string) bool { return path == "/"+pointerEscaper.Replace(name) })
}

// mayBeText reports whether the value that was read last can be a text: the JSON text
// of an object would be an id, a state or a token that the service does not know.
func (l *lenient) mayBeText(kind jsontext.Kind) bool {
	return kind == '"' || kind == '0' || !l.isNeeded() && !l.isAlways(string(l.dec.StackPointer()))
}

// scalar rewrites a value that is, or is to become, a plain one.
func (l *lenient) scalar(t reflect.Type, kind jsontext.Kind) (bool, error) {
	raw, err := l.dec.ReadValue()
	if err != nil {
		return false, err
	}
	out, asDeclared, ok := appendScalar(l.out, t, kind, raw)
	if !ok || t.Kind() == reflect.String && !l.mayBeText(kind) {
		return l.refuse(t, kind), nil
	}
	l.out = out
	if !asDeclared {
		l.converted(t, kind)
	}
	return true, nil
}

// converted notes a value that was had although it has another type than declared.
func (l *lenient) converted(t reflect.Type, kind jsontext.Kind) {
	if l.drifts != nil {
		l.drifts.add(string(l.dec.StackPointer()), TypeMismatch, typeName(t), kindName(kind))
	}
}

// refuse notes the value that was read last as one that cannot be had. It returns
// false, for its callers to return.
func (l *lenient) refuse(t reflect.Type, kind jsontext.Kind) bool {
	l.converted(t, kind)
	l.misfit = misfit{string(l.dec.StackPointer()), t, kind}
	return false
}

// lose notes the member that was read last as lost.
func (l *lenient) lose() {
	path := string(l.dec.StackPointer())
	costs := func(needed string) bool { return needed == path || strings.HasPrefix(needed, path+"/") }
	if l.fatal.goType == nil && (slices.ContainsFunc(l.needed, costs) || l.isAlways(path)) {
		l.fatal = l.misfit
	}
	if len(l.lost) < maxLost {
		l.lost = append(l.lost, cutPath(path))
	}
}
