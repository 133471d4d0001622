package roa

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// decoder turns JSON into values: first as declared, and, when a value has
// another type than declared, again by [lenient.unmarshal].
type decoder struct {
	// drifts, unless nil, collects where the response is not as declared.
	drifts driftLogger
}

func decodeStrict(data []byte, out any) error { return json.Unmarshal(data, out, syntaxOptions) }

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
	if d.drifts != nil {
		d.drifts.findUnknown(data, reflect.TypeOf(out))
	}
	if err == nil {
		return nil
	}
	target := reflect.ValueOf(out)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("cannot store a response in a %T", out)
	}
	// The second pass starts from nothing, too.
	target.Elem().SetZero()
	if err := lenient(d).decode(data, out); err != nil {
		if semantic, ok := errors.AsType[*json.SemanticError](err); ok && semantic.GoType != nil && d.drifts != nil {
			d.drifts.add(string(semantic.JSONPointer), TypeMismatch, typeName(semantic.GoType), kindName(semantic.JSONKind))
		}
		return newDecodeError(err, data)
	}
	return nil
}

// DecodeError is a response that was accepted by the service, but cannot be
// turned into the declared type. It matches [io.ErrUnexpectedEOF] when the JSON is cut
// off.
type DecodeError struct {
	// Path is the JSON pointer of the value, such as "/nodes/0/name"; "" is the
	// whole response.
	Path string
	// Metadata of the response.
	Metadata Metadata

	problem string
	cause   error
}

// Error says what is wrong where, without quoting the response.
func (e *DecodeError) Error() string {
	return "decode response at " + pathText(e.Path) + ": " + e.problem + requestSuffix(e.Metadata.RequestID)
}

// Unwrap returns [io.ErrUnexpectedEOF] for JSON that is cut off, else nil.
func (e *DecodeError) Unwrap() error { return e.cause }

// newDecodeError describes an error of the library. The library's own texts
// may quote the response, which may be secret.
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
