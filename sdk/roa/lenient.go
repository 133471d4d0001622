package roa

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// errNoMatch is the cause for text that cannot be converted. It does not quote
// the text, which may be secret.
var errNoMatch = errors.New("text does not have the form of the declared type")

// lenient decodes values of another type than declared.
type lenient struct {
	// drifts, unless nil, collects where the response is not as declared.
	drifts driftLogger
}

// unmarshal is called for every value of a response, with a pointer to
// where it belongs. It leaves what fits to the library, and accepts for a value of
// another JSON type than declared:
//
//   - "true", "yes" and 1 for a boolean, "12", 12.0 and true for a number;
//   - a number, a boolean, an object or an array for a string, as its JSON text;
//   - times without a zone (taken as UTC), with a space instead of the T, and
//     as seconds or milliseconds since 1970;
//   - one value for an array of one;
//   - "" for everything, as the zero value, which is nil for an optional number,
//     boolean or time: it says nothing.
//
// JSON null needs no help: it is the zero value of every type.
func (l lenient) unmarshal(dec *jsontext.Decoder, target any) error {
	rv := reflect.ValueOf(target)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return errors.ErrUnsupported
	}
	rv = rv.Elem()
	kind := dec.PeekKind()
	if kind == 'n' || fits(rv.Type(), kind) {
		return errors.ErrUnsupported
	}
	goType := rv.Type()
	if goType.Kind() == reflect.Slice && kind != '"' {
		return l.wrapItem(dec, rv, kind)
	}
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	text := string(raw)
	if kind == '"' {
		unquoted, err := jsontext.AppendUnquote(nil, raw)
		if err != nil && len(unquoted) == 0 {
			return errNoMatch
		}
		text = strings.TrimSpace(string(unquoted))
	}
	converted, err := convert(rv, kind, text)
	if err == nil && !converted && goType.Kind() == reflect.Slice {
		err = wrapText(raw, rv)
	} else if err == nil && !converted {
		err = errNoMatch
	}
	if err != nil {
		return &json.SemanticError{JSONKind: kind, GoType: goType, Err: err}
	}
	if goType = indirect(goType); !asDeclared(goType, kind, text) {
		l.report(dec, kind, goType)
	}
	return nil
}

// asDeclared reports whether text is what a strict decoder takes for a time or a
// whole number.
func asDeclared(t reflect.Type, kind jsontext.Kind, text string) bool {
	if t == timeType {
		_, err := time.Parse(time.RFC3339Nano, text)
		return kind == '"' && err == nil
	}
	return kind == '0' && t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 && !strings.ContainsAny(text, ".eE")
}

// fits reports whether the library decodes a value of this kind itself. Times and
// whole numbers may still fail to parse, so that only their exact form fits.
func fits(t reflect.Type, kind jsontext.Kind) bool {
	if t == timeType {
		return false
	}
	if hasOwnDecoder(t) {
		return true
	}
	switch t.Kind() {
	case reflect.Bool:
		return kind == 't' || kind == 'f'
	case reflect.String:
		return kind == '"'
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return false
	case reflect.Float32, reflect.Float64:
		return kind == '0'
	case reflect.Slice:
		return kind == '[' || t.Elem().Kind() == reflect.Uint8
	case reflect.Struct, reflect.Map:
		return kind == '{'
	case reflect.Pointer:
		return kind != '"' || !isScalar(t.Elem()) || fits(t.Elem(), kind)
	default: // interfaces lead to values of other types
		return true
	}
}

// convert stores a scalar in rv. It returns false when rv wants something else.
func convert(rv reflect.Value, kind jsontext.Kind, text string) (bool, error) {
	if text == "" && kind == '"' {
		rv.SetZero()
		return true, nil
	}
	if rv.Type() == timeType {
		return convertTime(rv, kind, text)
	}
	switch rv.Kind() {
	case reflect.Pointer:
		rv.Set(reflect.New(rv.Type().Elem()))
		return convert(rv.Elem(), kind, text)
	case reflect.String:
		rv.SetString(text)
		return true, nil
	case reflect.Bool:
		return convertBool(rv, text)
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(text, rv.Type().Bits())
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return false, errNoMatch
		}
		rv.SetFloat(f)
		return true, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, ok := parseInt(text, rv.Type().Bits())
		if !ok {
			return false, errNoMatch
		}
		rv.SetInt(n)
		return true, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		n, err := strconv.ParseUint(text, 10, rv.Type().Bits())
		if err != nil {
			return false, errNoMatch
		}
		rv.SetUint(n)
		return true, nil
	default:
		return false, nil
	}
}

func convertBool(rv reflect.Value, text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "1", "yes":
		rv.SetBool(true)
	case "false", "0", "no":
		rv.SetBool(false)
	default:
		return false, errNoMatch
	}
	return true, nil
}

// parseInt accepts whole numbers in every spelling, and booleans as 1 and 0.
func parseInt(text string, bits int) (int64, bool) {
	switch text {
	case "true":
		return 1, true
	case "false":
		return 0, true
	}
	if n, err := strconv.ParseInt(text, 10, bits); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(text, 64)
	const exact = 1 << 53 // above this, floats skip whole numbers
	if err != nil || f != math.Trunc(f) || math.Abs(f) > exact {
		return 0, false
	}
	n, err := strconv.ParseInt(strconv.FormatFloat(f, 'f', 0, 64), 10, bits)
	return n, err == nil
}

// timeLayouts are the spellings of times that were seen. Those without a zone are
// read as UTC.
var timeLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999 -0700 MST",
	"2006-01-02 15:04:05.999999999 -0700",
	"2006-01-02 15:04:05.999999999",
	"2006-01-02",
}

func convertTime(rv reflect.Value, kind jsontext.Kind, text string) (bool, error) {
	if kind != '"' && kind != '0' {
		return false, nil
	}
	t, ok := parseTime(text)
	if !ok {
		return false, errNoMatch
	}
	rv.Set(reflect.ValueOf(t))
	return true, nil
}

func parseTime(text string) (time.Time, bool) {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	n, ok := parseInt(text, 64)
	if !ok {
		return time.Time{}, false
	}
	const firstMilli = 100_000_000_000 // seconds would be the year 5138
	if n >= firstMilli || n <= -firstMilli {
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}

// wrapItem decodes one value as the only item of a slice.
func (l lenient) wrapItem(dec *jsontext.Decoder, rv reflect.Value, kind jsontext.Kind) error {
	item := reflect.New(rv.Type().Elem())
	if err := json.UnmarshalDecode(dec, item.Interface()); err != nil {
		return err
	}
	rv.Set(reflect.Append(reflect.Zero(rv.Type()), item.Elem()))
	l.report(dec, kind, rv.Type())
	return nil
}

// wrapText does the same for a string, which was read to see whether it is
// empty.
func wrapText(raw jsontext.Value, rv reflect.Value) error {
	item := reflect.New(rv.Type().Elem())
	if err := (lenient{}).decode(raw, item.Interface()); err != nil {
		return errNoMatch
	}
	rv.Set(reflect.Append(reflect.Zero(rv.Type()), item.Elem()))
	return nil
}

func (l lenient) report(dec *jsontext.Decoder, kind jsontext.Kind, goType reflect.Type) {
	if l.drifts != nil {
		l.drifts.add(string(dec.StackPointer()), TypeMismatch, typeName(goType), kindName(kind))
	}
}

func (l lenient) decode(data []byte, out any) error {
	return json.Unmarshal(data, out, syntaxOptions, json.WithUnmarshalers(json.UnmarshalFromFunc(l.unmarshal)))
}
