package roa

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// maxExpansion is how many times its own length a response may take in memory. Values
// of ordinary responses take less than their texts.
const maxExpansion = 16

// clearTarget sets what out points at to zero. Another attempt may decode into it,
// and decoding merges into what is there.
func clearTarget(out any) {
	if target := reflect.ValueOf(out); target.Kind() == reflect.Pointer && !target.IsNil() {
		target.Elem().SetZero()
	}
}

// decode stores data in out, a pointer, and returns the paths of what it could not
// store. It decodes as declared and then, if need be, leniently.
func (d decoder) decode(data []byte, out any) ([]string, error) {
	target := reflect.ValueOf(out)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return nil, fmt.Errorf("cannot store a response in a %T", out)
	}
	facts := factsOf(target.Type())
	if d.room > 0 && !facts.fit(data, max(d.room, maxExpansion*int64(len(data)))) {
		return nil, fmt.Errorf("%w: its %d bytes hold so many values that they take more than %d times as much memory", ErrResponseTooLarge, len(data), maxExpansion)
	}
	reserved := facts.list.reserve(data, target.Elem())
	err := decodeStrict(data, out)
	release(reserved)
	if _, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return nil, newDecodeError(err, data)
	}
	if err == nil && d.drifts == nil {
		return nil, nil
	}
	l := newLenient(data, d)
	fits, walkErr := l.document(target.Type())
	switch {
	case err == nil: // the hooks have been told
		return nil, nil
	case walkErr != nil:
		return nil, newDecodeError(walkErr, data)
	case !fits:
		return nil, l.misfit.err()
	case l.fatal.goType != nil:
		return nil, l.fatal.err()
	}
	// The second pass starts from nothing, too.
	target.Elem().SetZero()
	if err := decodeStrict(l.out, out); err != nil {
		return nil, newDecodeError(err, data)
	}
	return l.lost, nil
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

	problem string // words that " there is the code" goes on from, if there is one
	code    string // of an error that came in place of the value
	cause   error
	nothing bool // the response has no value at all
	broken  bool // it is not JSON behind the path
}

// Error says what is wrong where, without quoting the response.
func (e *DecodeError) Error() string {
	problem := e.problem
	if e.code != "" {
		problem += " there is the code " + oneline.Of(e.code, maxShownCode)
	}
	return "decode response at " + pathText(e.Path) + ": " + problem + requestSuffix(e.Metadata.RequestID)
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
		e.Path, e.broken = string(syntax.JSONPointer), true
		e.problem = fmt.Sprintf("%s is not valid JSON at byte %d", sniff(data), syntax.ByteOffset)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			e.cause = io.ErrUnexpectedEOF
			e.problem = fmt.Sprintf("cut off after %d bytes: %v", len(data), io.ErrUnexpectedEOF)
		}
	case errors.As(err, &semantic):
		m := misfit{string(semantic.JSONPointer), semantic.GoType, semantic.JSONKind}
		return m.err()
	}
	return e
}

// err returns the error of a response that a misfit makes useless.
func (m misfit) err() *DecodeError {
	problem := "JSON " + kindName(m.kind) + " does not fit"
	if m.goType != nil {
		problem += " the declared " + typeName(m.goType)
	}
	return &DecodeError{Path: m.path, problem: problem}
}
