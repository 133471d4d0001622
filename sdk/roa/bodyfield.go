package roa

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// setBodyField sets what a CallBodyField says.
func (r *Request) setBodyField(name, value string) error {
	if name == "" {
		return errors.New("body field has no name")
	}
	body, err := setField(r.body, name, jsontext.Value(value))
	if err != nil {
		return fmt.Errorf("body field %q: %w", name, err)
	}
	r.body, r.hasBody = body, true
	return nil
}

func setField(body jsontext.Value, name string, value jsontext.Value) ([]byte, error) {
	if !strings.HasPrefix(name, "/") {
		return setMember(body, "", []string{name}, value)
	}
	pointer := jsontext.Pointer(name)
	if !pointer.IsValid() {
		return nil, errors.New("is not a JSON pointer: want ~0 for ~ and ~1 for / in names")
	}
	return setValue(body, "", slices.Collect(pointer.Tokens()), value)
}

// setValue returns a JSON text with one value set below it. All other values
// keep their text, so that no number loses precision.
func setValue(in jsontext.Value, at jsontext.Pointer, tokens []string, value jsontext.Value) (jsontext.Value, error) {
	if len(tokens) == 0 {
		return value, nil
	}
	missing := len(in) == 0 || in.Kind() == 'n'
	switch {
	case in.Kind() == '[', missing && tokens[0] == "-":
		return setItem(in, at, tokens, value)
	case in.Kind() == '{', missing:
		return setMember(in, at, tokens, value)
	default:
		return nil, fmt.Errorf("%s is a %s, which has no %q", pointerText(at), kindName(in.Kind()), tokens[0])
	}
}

func setMember(in jsontext.Value, at jsontext.Pointer, tokens []string, value jsontext.Value) (jsontext.Value, error) {
	members := map[string]jsontext.Value{}
	if len(in) > 0 && in.Kind() != 'n' {
		if err := json.Unmarshal(in, &members, syntaxOptions); err != nil {
			return nil, fmt.Errorf("%s is not an object", pointerText(at))
		}
	}
	member, err := setValue(members[tokens[0]], at.AppendToken(tokens[0]), tokens[1:], value)
	if err != nil {
		return nil, err
	}
	members[tokens[0]] = member
	return json.Marshal(members, encodeOptions)
}

func setItem(in jsontext.Value, at jsontext.Pointer, tokens []string, value jsontext.Value) (jsontext.Value, error) {
	var items []jsontext.Value
	if len(in) > 0 {
		if err := json.Unmarshal(in, &items, syntaxOptions); err != nil {
			return nil, fmt.Errorf("%s is not a list", pointerText(at))
		}
	}
	i, err := strconv.Atoi(tokens[0])
	switch {
	case tokens[0] == "-":
		i, items = len(items), append(items, nil)
	case err != nil || strconv.Itoa(i) != tokens[0]:
		return nil, fmt.Errorf("%s is a list: want the number of an item or -, not %q", pointerText(at), tokens[0])
	case i < 0 || i >= len(items):
		return nil, fmt.Errorf("%s has no item %d: it has %d", pointerText(at), i, len(items))
	}
	item, err := setValue(items[i], at.AppendToken(tokens[0]), tokens[1:], value)
	if err != nil {
		return nil, err
	}
	items[i] = item
	return json.Marshal(items, encodeOptions)
}

func pointerText(at jsontext.Pointer) string {
	if at == "" {
		return "body"
	}
	return string(at)
}
