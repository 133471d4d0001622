package roa

// This file, lenient.go, drift.go, bodyfield.go and dumpmask.go are the only ones
// that know the JSON library.

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// syntaxOptions accept what a service should not send but other clients take:
// repeated names, of which the last wins, and bytes that are not UTF-8.
var syntaxOptions = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// encodeOptions write secrets as they are unless they were lost, and maps in the
// order of their keys, so that equal requests have equal bodies.
var encodeOptions = json.JoinOptions(
	json.Deterministic(true),
	json.WithMarshalers(json.MarshalToFunc(func(enc *jsontext.Encoder, s Secret) error {
		if err := s.checkMask(); err != nil {
			return err
		}
		return enc.WriteToken(jsontext.String(string(s)))
	})),
)

// encodeJSON returns what is sent for a value.
func encodeJSON(value any) ([]byte, error) {
	data, err := json.Marshal(value, encodeOptions)
	if err != nil {
		return nil, encodeError(err)
	}
	return data, nil
}

// encodeError keeps values out of the text of an encoding error.
func encodeError(err error) error {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	path := ""
	isSemantic := errors.As(err, &semantic)
	if isSemantic {
		path = string(semantic.JSONPointer)
	}
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("value at %s is not valid: %w", pathText(cmp.Or(path, string(syntax.JSONPointer))), syntax.Err)
	case errors.Is(err, errMask):
		return fmt.Errorf("secret at %s %w", pathText(path), errMask)
	case isSemantic && semantic.GoType != nil:
		return fmt.Errorf("%s at %s cannot be written as JSON", semantic.GoType, pathText(path))
	default:
		return err
	}
}

// decoder turns JSON into values: first as declared, and, when a value has
// another type than declared, again by [decoder.unmarshalLeniently].
type decoder struct {
	// drifts, unless nil, collects where the answer is not as declared.
	drifts *driftLog
}

func decodeStrict(data []byte, out any) error { return json.Unmarshal(data, out, syntaxOptions) }

func (d decoder) decodeLeniently(data []byte, out any) error {
	return json.Unmarshal(data, out, syntaxOptions, json.WithUnmarshalers(json.UnmarshalFromFunc(d.unmarshalLeniently)))
}

// decode stores data in out, a pointer. When it fails, out is zero: another attempt
// may decode into it, and decoding merges into what is there.
func (d decoder) decode(data []byte, out any) error {
	err := d.decodeTwice(data, out)
	if target := reflect.ValueOf(out); err != nil && target.Kind() == reflect.Pointer && !target.IsNil() {
		target.Elem().SetZero()
	}
	return err
}

// decodeTwice decodes as declared and then, if need be, leniently.
func (d decoder) decodeTwice(data []byte, out any) error {
	err := decodeStrict(data, out)
	if _, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return newDecodeError(err, data)
	}
	d.drifts.findUnknown(data, reflect.TypeOf(out))
	if err == nil {
		return nil
	}
	target := reflect.ValueOf(out)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("cannot store an answer in a %T", out)
	}
	// The second pass starts from nothing, too.
	target.Elem().SetZero()
	if err := d.decodeLeniently(data, out); err != nil {
		if semantic, ok := errors.AsType[*json.SemanticError](err); ok && semantic.GoType != nil {
			d.drifts.add(string(semantic.JSONPointer), TypeMismatch, typeName(semantic.GoType), kindName(semantic.JSONKind))
		}
		return newDecodeError(err, data)
	}
	return nil
}

// DecodeError is an answer that was accepted by the service, but cannot be
// turned into the declared type. It matches [io.ErrUnexpectedEOF] when the JSON is cut
// off.
type DecodeError struct {
	// Path is the JSON pointer of the value, such as "/nodes/0/name"; "" is the
	// whole answer.
	Path string
	// Metadata of the answer.
	Metadata Metadata

	problem string
	cause   error
}

// Error says what is wrong where, without quoting the answer.
func (e *DecodeError) Error() string {
	return "decode answer at " + pathText(e.Path) + ": " + e.problem + requestSuffix(e.Metadata.RequestID)
}

// Unwrap returns [io.ErrUnexpectedEOF] for JSON that is cut off, else nil.
func (e *DecodeError) Unwrap() error { return e.cause }

// newDecodeError describes an error of the library. The library's own texts
// may quote the answer, which may be secret.
func newDecodeError(err error, data []byte) error {
	e := &DecodeError{problem: "cannot be decoded"}
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &syntax):
		e.Path = string(syntax.JSONPointer)
		e.problem = fmt.Sprintf("%s is not valid JSON at byte %d", sniff(data), syntax.ByteOffset)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			e.cause = io.ErrUnexpectedEOF
			e.problem = fmt.Sprintf("cut off after %d bytes: %v", len(data), io.ErrUnexpectedEOF)
		}
	case errors.As(err, &semantic):
		e.Path = string(semantic.JSONPointer)
		e.problem = "JSON " + kindName(semantic.JSONKind) + " does not fit"
		if semantic.GoType != nil {
			e.problem += " the declared " + typeName(semantic.GoType)
		}
	}
	return e
}

// pathText shows a JSON pointer in a line. Names in it come from the answer.
func pathText(pointer string) string {
	if pointer == "" {
		return "/"
	}
	return oneLine(pointer, 200)
}

func kindName(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "boolean"
	case '"':
		return "string"
	case '0':
		return "number"
	case '{', '}':
		return "object"
	case '[', ']':
		return "array"
	default:
		return "value"
	}
}

func typeName(t reflect.Type) string {
	if name := t.String(); len(name) <= 80 {
		return name
	}
	return t.Kind().String()
}

// scanJSON reads the members of an object, or of the first object of an array,
// up to the first mistake.
func scanJSON(body []byte, e *envelope) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(body), syntaxOptions)
	if dec.PeekKind() == '[' {
		if _, err := dec.ReadToken(); err != nil {
			return
		}
	}
	if dec.PeekKind() == '{' {
		scanObject(dec, e, 0)
	}
}

// scanObject reads one object. Some gateways put the error one level down, in a
// member named error.
func scanObject(dec *jsontext.Decoder, e *envelope, depth int) {
	if _, err := dec.ReadToken(); err != nil {
		return
	}
	for dec.PeekKind() == '"' {
		tok, err := dec.ReadToken()
		if err != nil {
			return
		}
		name := tok.String()
		if dec.PeekKind() == '{' && depth == 0 && strings.EqualFold(name, "error") {
			scanObject(dec, e, depth+1)
			continue
		}
		value, err := dec.ReadValue()
		if err != nil {
			return
		}
		switch value.Kind() {
		case '"':
			if text, err := jsontext.AppendUnquote(nil, value); err == nil || len(text) > 0 {
				e.setText(name, string(text))
			}
		case '0':
			e.setText(name, string(value))
		case '{':
			if strings.EqualFold(name, "accessDeniedDetail") && e.accessDenied == nil {
				// A detail that cannot be decoded is left out.
				_ = json.Unmarshal(value, &e.accessDenied, syntaxOptions)
			}
		}
	}
	_, _ = dec.ReadToken()
}
