package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxNesting bounds how deep the objects and lists of a body are. The deepest of ACK have some ten levels.
const maxNesting = 100

var (
	errNotJSON   = errors.New("value is not one JSON text")
	errTooDeep   = fmt.Errorf("value is nested more than %d levels deep", maxNesting)
	errDuplicate = errors.New("an object has two members of the same name")
)

// parseJSON decodes one JSON text and keeps numbers exact. It refuses what other programs may read otherwise: members of the same name, and
// bytes that are not UTF-8. Its errors hold no value.
func parseJSON(data []byte) (any, error) {
	if !utf8.Valid(data) {
		return nil, errNotJSON
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	value, err := readJSON(decoder, 0)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errNotJSON
	}
	return value, nil
}

func readJSON(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	switch {
	case err != nil:
		return nil, errNotJSON
	case depth > maxNesting:
		return nil, errTooDeep
	case token == json.Delim('{'):
		return readObject(decoder, depth)
	case token == json.Delim('['):
		return readList(decoder, depth)
	}
	return token, nil
}

func readObject(decoder *json.Decoder, depth int) (any, error) {
	object := make(map[string]any)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, errNotJSON
		}
		name, _ := token.(string) // the decoder takes nothing else
		if _, twice := object[name]; twice {
			return nil, errDuplicate
		}
		if object[name], err = readJSON(decoder, depth+1); err != nil {
			return nil, err
		}
	}
	return object, end(decoder)
}

func readList(decoder *json.Decoder, depth int) (any, error) {
	list := []any{}
	for decoder.More() {
		item, err := readJSON(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, end(decoder)
}

// end reads the end of an object or of a list.
func end(decoder *json.Decoder) error {
	if _, err := decoder.Token(); err != nil {
		return errNotJSON
	}
	return nil
}

func marshalJSON(value any) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("encode example: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}
