// Package wire turns requests into the types of a generated client, and responses of those types into bodies, as a server
// does.
//
// It may import the standard library and sdk/roa, and knows no operation.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
)

// An Input is what a request says, as it was sent and unescaped.
type Input struct {
	Path   map[string]string // by name
	Query  url.Values        // one that was spread over several parameters is JSON text under its name
	Header http.Header
	Body   []byte // JSON, or what a stream holds; a form is an object
}

// Decode fills a request of a generated client: its path, query and header parameters by their roa tags, and the rest from the body.
// The request was compared with the spec before, so an error is a fault of the server. It holds no value.
func Decode(in Input, request any) error {
	v := reflect.ValueOf(request).Elem()
	if err := decodeBody(in.Body, v, request); err != nil {
		return fmt.Errorf("decode body of %T: %w", request, err)
	}
	for field := range v.Type().Fields() {
		location, name := parameter(field)
		var values []string
		switch location {
		case "path":
			values = []string{in.Path[name]}
		case "query":
			values = in.Query[name]
		case "header":
			values = in.Header.Values(name)
		}
		if len(values) == 0 {
			continue
		}
		if err := setField(v.FieldByIndex(field.Index), values); err != nil {
			return fmt.Errorf("decode parameter %s of %T: %w", name, request, err)
		}
	}
	return nil
}

// decodeBody reads the body into the field that is all of it, or into those that are its members.
func decodeBody(body []byte, v reflect.Value, request any) error {
	if len(body) == 0 {
		return nil
	}
	whole, _, ok := wholeBody(v)
	switch {
	case !ok:
		return readJSON(body, request)
	case whole.Type() == readerType:
		whole.Set(reflect.ValueOf(bytes.NewReader(body)))
		return nil
	}
	return readJSON(body, whole.Addr().Interface())
}

// parameter returns where a field goes other than into the body, and its name there.
func parameter(field reflect.StructField) (location, name string) {
	first, _, _ := strings.Cut(field.Tag.Get("roa"), ",")
	location, name, found := strings.Cut(first, "=")
	if !found || location != "path" && location != "query" && location != "header" {
		return "", ""
	}
	return location, name
}

// setField sets a parameter. Text that begins like a JSON list or object is one; other lists are joined by commas.
func setField(v reflect.Value, values []string) error {
	for v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	text := values[0]
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
		return nil
	case v.Kind() == reflect.Slice && len(values) == 1 && !strings.HasPrefix(strings.TrimSpace(text), "["):
		return setList(v, strings.Split(text, ","))
	case v.Kind() == reflect.Slice && len(values) > 1:
		return setList(v, values)
	}
	if v.Type() == timeType {
		text = strconv.Quote(text)
	}
	return readJSON([]byte(text), v.Addr().Interface())
}

func setList(v reflect.Value, items []string) error {
	list := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		if err := setField(list.Index(i), []string{item}); err != nil {
			return err
		}
	}
	v.Set(list)
	return nil
}

// readJSON reads a text, and keeps the digits of the numbers of free JSON.
func readJSON(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return withoutValue(decoder.Decode(into))
}

// withoutValue keeps the values of a request, which may be secrets, out of the error.
func withoutValue(err error) error {
	if err == nil {
		return nil
	}
	if typeErr, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s does not fit %s", typeErr.Field, typeErr.Type)
	}
	return errors.New("the text cannot be read")
}
