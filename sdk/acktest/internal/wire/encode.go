package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Encode returns the body of a response: JSON, the text of a response that is one, or what a stream holds, which is read and
// closed. It is empty where the response has no member.
//
// Unlike the encoder of clients it reveals secrets, and it keeps zeros: a number or a truth value that is no pointer is
// always there, as the service sends it. Empty are left out, so that absent is not zero: nil pointers, nil lists and maps
// below the response itself, objects without a value, times and secrets, and enum values; members that the service always
// sends are there all the same. A nil list or map of the response itself is an empty one.
func Encode(response any) ([]byte, error) {
	v := reflect.Indirect(reflect.ValueOf(response))
	if v.Kind() != reflect.Struct {
		return nil, fmt.Errorf("encode response: %T is no pointer to a struct", response)
	}
	if body, name, ok := wholeBody(v); ok {
		switch {
		case name == textField && body.Kind() == reflect.String:
			return []byte(body.String()), nil
		case body.Type() == streamType:
			return readStream(body)
		}
		return encodeWhole(body)
	}
	out, err := appendObject([]byte{'{'}, v, true)
	if err != nil {
		return nil, err
	}
	if len(out) == 1 && !hasMembers(v.Type()) {
		return nil, nil
	}
	return append(out, '}'), nil
}

func encodeWhole(body reflect.Value) ([]byte, error) {
	switch {
	case body.Kind() == reflect.Slice && isList(body) && body.IsNil():
		return []byte("[]"), nil
	case body.Kind() == reflect.Map && body.IsNil():
		return []byte("{}"), nil
	}
	return appendValue(nil, body)
}

var (
	metadataType = reflect.TypeFor[roa.Metadata]()
	secretType   = reflect.TypeFor[roa.Secret]()
	rawType      = reflect.TypeFor[roa.JSON]()
	timeType     = reflect.TypeFor[time.Time]()
	readerType   = reflect.TypeFor[roa.Reader]()
	streamType   = reflect.TypeFor[roa.ReadCloser]()
)

// textField is the field of a response that is plain text. A text in another field is JSON.
const textField = "Text"

func readStream(v reflect.Value) ([]byte, error) {
	stream, ok := reflect.TypeAssert[io.ReadCloser](v)
	if !ok || stream == nil {
		return nil, nil
	}
	text, err := io.ReadAll(stream)
	if err = errors.Join(err, stream.Close()); err != nil {
		return nil, fmt.Errorf("read the stream of the response: %w", err)
	}
	return text, nil
}

// wholeBody returns the field that is the body as a whole, and its name in Go: the one without a name on the wire.
func wholeBody(v reflect.Value) (body reflect.Value, name string, ok bool) {
	for field := range v.Type().Fields() {
		if isWhole(field) {
			return v.FieldByIndex(field.Index), field.Name, true
		}
	}
	return reflect.Value{}, "", false
}

func isWhole(field reflect.StructField) bool {
	location, _ := parameter(field)
	return field.Tag.Get("json") == "-" && location == "" && field.Type != metadataType
}

// hasMembers reports whether a response is an object, if only one without members today.
func hasMembers(t reflect.Type) bool {
	for field := range t.Fields() {
		if field.Type != metadataType {
			return true
		}
	}
	return false
}

// appendObject appends the members of a struct to an object that is open.
func appendObject(out []byte, v reflect.Value, whole bool) ([]byte, error) {
	for field := range v.Type().Fields() {
		value := v.FieldByIndex(field.Index)
		if field.Anonymous {
			var err error
			if out, err = appendObject(out, value, whole); err != nil {
				return nil, err
			}
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" || name == "" {
			continue
		}
		always := options != "omitzero" || whole && isList(value)
		if !always && isAbsent(value) {
			continue
		}
		var err error
		if out, err = appendMember(out, name, value); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func appendMember(out []byte, name string, value reflect.Value) ([]byte, error) {
	if out[len(out)-1] != '{' {
		out = append(out, ',')
	}
	out = append(appendText(out, name), ':')
	var text []byte
	var err error
	if isList(value) {
		text, err = encodeWhole(value)
	} else {
		text, err = appendValue(nil, value)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return append(out, text...), nil
}

// isList reports whether a value is a list or a map of several values.
func isList(v reflect.Value) bool {
	return v.Kind() == reflect.Map || v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8
}

// isAbsent reports whether a value stands for none.
func isAbsent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return v.IsNil()
	case reflect.Struct:
		return v.IsZero()
	case reflect.Map:
		return v.IsNil()
	case reflect.Slice:
		return v.IsNil() || v.Type() == rawType && v.Len() == 0
	case reflect.String:
		return v.Len() == 0 && v.Type() != reflect.TypeFor[string]()
	}
	return false
}

func appendValue(out []byte, v reflect.Value) ([]byte, error) {
	switch {
	case v.Type() == secretType:
		return appendText(out, v.String()), nil
	case v.Type() == timeType:
		t, _ := reflect.TypeAssert[time.Time](v)
		return appendText(out, t.Format(time.RFC3339Nano)), nil
	case v.Kind() == reflect.Slice && !isList(v):
		return appendOther(out, v) // a JSON text, or bytes
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(out, "null"...), nil
		}
		return appendValue(out, v.Elem())
	case reflect.Struct:
		out, err := appendObject(append(out, '{'), v, false)
		return append(out, '}'), err
	case reflect.Slice:
		return appendList(out, v)
	case reflect.Map:
		return appendMap(out, v)
	}
	return appendOther(out, v)
}

func appendList(out []byte, v reflect.Value) ([]byte, error) {
	out = append(out, '[')
	for i := range v.Len() {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = appendValue(out, v.Index(i)); err != nil {
			return nil, fmt.Errorf("%d: %w", i, err)
		}
	}
	return append(out, ']'), nil
}

func appendMap(out []byte, v reflect.Value) ([]byte, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, errors.New("the keys of a map are no strings")
	}
	values := make(map[string]reflect.Value, v.Len())
	for key, value := range v.Seq2() {
		values[key.String()] = value
	}
	out = append(out, '{')
	for _, name := range slices.Sorted(maps.Keys(values)) {
		var err error
		if out, err = appendMember(out, name, values[name]); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func appendText(out []byte, text string) []byte {
	quoted, _ := json.Marshal(text) // A string cannot fail.
	return append(out, quoted...)
}

func appendOther(out []byte, v reflect.Value) ([]byte, error) {
	text, err := json.Marshal(v.Interface())
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", v.Type(), err)
	}
	return append(out, text...), nil
}
