package roa

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
)

// Form sets the body to a form, application/x-www-form-urlencoded, with a field for each
// member of an object. A list of scalars repeats its field, and every other list and object
// is sent as JSON text. Members that are null are left out; nil means no body. An empty list is
// an error, as a form cannot tell it from none.
func (r *Request) Form(value any) {
	if nilcheck.IsNil(value) {
		return
	}
	r.form = formOf
	r.Body(value)
	if r.err != nil {
		return
	}
	if _, err := formOf(r.body); err != nil {
		r.keep(err)
	}
}

// formOf returns the form of a JSON object.
func formOf(object []byte) ([]byte, error) {
	fields, err := formFields(object)
	if err != nil {
		return nil, fmt.Errorf("form %w", err)
	}
	return appendQuery(nil, fields), nil
}

func formFields(object []byte) ([]QueryParam, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(object))
	if kind := dec.PeekKind(); kind != '{' {
		return nil, fmt.Errorf("is of kind %s: want an object", kindName(kind))
	}
	_, err := dec.ReadToken()
	var fields []QueryParam
	for err == nil && dec.PeekKind() == '"' {
		var name jsontext.Token
		if name, err = dec.ReadToken(); err == nil {
			fields, err = appendFormField(fields, name.String(), dec)
		}
	}
	return fields, err
}

// appendFormField appends what a member becomes.
func appendFormField(fields []QueryParam, name string, dec *jsontext.Decoder) ([]QueryParam, error) {
	value, err := dec.ReadValue()
	if err != nil {
		return nil, err
	}
	if kind := value.Kind(); kind == '{' || kind == '[' && !onlyScalars(value) {
		return append(fields, QueryParam{name, string(value)}), nil
	}
	w := paramWalk{style: new(paramStyle), dec: jsontext.NewDecoder(bytes.NewReader(value))}
	err = w.value(name, 1)
	return append(fields, w.made...), err
}

// onlyScalars reports whether a list holds neither lists nor objects nor null.
func onlyScalars(list jsontext.Value) bool {
	dec := jsontext.NewDecoder(bytes.NewReader(list))
	if _, err := dec.ReadToken(); err != nil {
		return false
	}
	for dec.PeekKind() != ']' {
		if kind := dec.PeekKind(); kind != '"' && kind != '0' && kind != 't' && kind != 'f' {
			return false
		}
		if err := dec.SkipValue(); err != nil {
			return false
		}
	}
	return true
}
