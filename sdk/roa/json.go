package roa

import (
	"cmp"
	stdjson "encoding/json"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// syntaxOptions accept what a service should not send but other clients take:
// repeated names, of which the last wins, and bytes that are not UTF-8.
var syntaxOptions = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// freeOptions are those for types that hold free JSON. Its numbers become
// [stdjson.Number], as a float64 would lose digits.
var freeOptions = json.JoinOptions(syntaxOptions, json.WithUnmarshalers(
	json.UnmarshalFromFunc(func(dec *jsontext.Decoder, out *any) error {
		if dec.PeekKind() != '0' {
			return errors.ErrUnsupported
		}
		raw, err := dec.ReadValue()
		*out = stdjson.Number(raw)
		return err
	}),
))

// encodeOptions write secrets as they are unless they were lost, numbers of free
// JSON as they came, and maps in the order of their keys, so that equal requests have
// equal bodies.
var encodeOptions = json.JoinOptions(
	json.Deterministic(true),
	json.WithMarshalers(json.JoinMarshalers(
		json.MarshalToFunc(func(enc *jsontext.Encoder, s Secret) error {
			if err := s.checkMask(); err != nil {
				return err
			}
			return enc.WriteToken(jsontext.String(string(s)))
		}),
		json.MarshalToFunc(func(enc *jsontext.Encoder, n stdjson.Number) error {
			return enc.WriteValue(jsontext.Value(n))
		}),
	)),
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
