package roa

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
)

// JSON is a JSON text that is kept as it is: a value that can be of several types, or one that
// nothing is known of. It is written and read like the value, with encoding/json and with
// github.com/go-json-experiment/json. One without a text is null, and left out by omitzero.
//
// A program that prints it prints what the service said, secrets included. A dump of [WithDump]
// goes by the names in it.
type JSON []byte

// MarshalJSON returns the text.
func (j JSON) MarshalJSON() ([]byte, error) {
	if len(j) == 0 {
		return []byte("null"), nil
	}
	return j, nil
}

// UnmarshalJSON keeps a copy of the text.
func (j *JSON) UnmarshalJSON(text []byte) error {
	*j = bytes.Clone(text)
	return nil
}

// ReadJSON reads a text as a value of one type, as leniently as a response. What cannot be
// had exactly is an error here: the text is most likely one of another type then. Fields
// that hold one of several types are of the type JSON, and their comments name the types.
func ReadJSON[T any](j JSON) (*T, error) {
	out := new(T)
	if err := readJSON(j, out); err != nil {
		return nil, fmt.Errorf("read JSON as %s: %w", typeName(reflect.TypeFor[T]()), err)
	}
	return out, nil
}

func readJSON(j JSON, out any) error {
	if len(bytes.TrimSpace(j)) == 0 {
		return errors.New("there is none")
	}
	lost, err := decoder{}.decode(j, out)
	if decodeErr, ok := errors.AsType[*DecodeError](err); ok {
		return errors.New("value at " + pathText(decodeErr.Path) + ": " + decodeErr.problem)
	}
	if err == nil && len(lost) > 0 {
		return errors.New("value at " + pathText(lost[0]) + " does not fit")
	}
	return err
}

// WriteJSON returns the text of a value as it is sent, with the real values of secrets. It is the
// way back from [ReadJSON].
func WriteJSON(value any) (JSON, error) {
	text, err := encodeJSON(value)
	if err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return text, nil
}
