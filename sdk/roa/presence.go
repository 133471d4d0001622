package roa

import (
	"bytes"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// saysNothing reports whether a body has no value in it.
func saysNothing(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) == 0 || string(body) == "null" || string(body) == `""`
}

// checkPresent returns an error when a response lacks what it always has: it is not
// from the service then, or not a success. out holds what was decoded.
func checkPresent(op *Operation, body []byte, out any) error {
	if op.Response == ResponseMap {
		if err := checkMap(body, out); err != nil {
			return err
		}
	}
	if len(op.Always) == 0 {
		return checkNoError(body, out)
	}
	if op.Response == ResponseText {
		if err := checkText(body); err != nil {
			return err
		}
	}
	if saysNothing(body) {
		return &DecodeError{problem: "is empty where a value was expected", nothing: true}
	}
	missing := slices.DeleteFunc(slices.Clone(op.Always), func(name string) bool { return isSet(out, name) })
	if len(missing) == 0 {
		return nil
	}
	// A member may also be zero because the service said so.
	said := saidMembers(body, out)
	missing = slices.DeleteFunc(missing, func(name string) bool { return said[name] })
	if len(missing) == 0 {
		return nil
	}
	e := &DecodeError{Path: "/" + pointerEscaper.Replace(missing[0]), problem: "is missing", nothing: string(bytes.TrimSpace(body)) == "{}"}
	if missing[0] == "" {
		e.Path, e.problem = "", "has no known member"
	}
	if found := scanEnvelope(body); found.code != "" {
		e.problem, e.code = e.problem+" and", found.code
	}
	return e
}

// checkNoError returns an error for an object that holds an error in place of all that
// the operation declares, whatever its status says.
func checkNoError(body []byte, out any) error {
	if isSet(out, "") {
		return nil
	}
	code := scanEnvelope(body).code
	if code == "" || saidMembers(body, out)[""] {
		return nil
	}
	return &DecodeError{problem: "has no known member and", code: code}
}

// checkMap returns an error for an error in place of a map of lists, of which the code
// and the message would become entries with one item.
func checkMap(body []byte, out any) error {
	m := reflect.Indirect(reflect.ValueOf(out))
	if m.Kind() != reflect.Map || indirect(m.Type().Elem()).Kind() != reflect.Slice {
		return nil
	}
	if code := scanEnvelope(body).code; code != "" {
		return &DecodeError{problem: "is not a map of lists,", code: code}
	}
	return nil
}

// checkText returns an error for a body that is no text of the service: a page of a
// proxy, or an error with the status of a success.
func checkText(body []byte) error {
	if sniff(body) == htmlPage {
		return &DecodeError{problem: "is an HTML page where a text was expected"}
	}
	if code := scanEnvelope(body).code; code != "" {
		return &DecodeError{problem: "is not a text,", code: code}
	}
	return nil
}

// isSet reports whether a member has a value other than zero. For "" it is any
// member of an object but the request id, which errors have, too.
func isSet(out any, name string) bool {
	if name != "" {
		field := memberOf(out, name)
		return field.IsValid() && !field.IsZero()
	}
	v := reflect.Indirect(reflect.ValueOf(out))
	if v.Kind() != reflect.Struct || hasOwnDecoder(v.Type()) {
		return true // the body says something
	}
	return slices.ContainsFunc(membersOf(v.Type()).said, func(at []int) bool { return isSetAt(v, at) })
}

// isSetAt does so for the field at an index. There is none below a nil pointer.
func isSetAt(v reflect.Value, at []int) bool {
	field, _ := v.FieldByIndexErr(at)
	return field.IsValid() && !field.IsZero()
}

// memberOf returns the field of a struct that takes a member of an object.
func memberOf(out any, name string) reflect.Value {
	v := reflect.Indirect(reflect.ValueOf(out))
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	index, ok := membersOf(v.Type()).index[name]
	if !ok {
		return reflect.Value{}
	}
	field, _ := v.FieldByIndexErr(index) // no field below a nil pointer
	return field
}

// saidMembers returns the known members of an object that have a value, and "" if
// there is any. An empty text is not a value where there must be one. null is one for
// a list: services that are written in Go send it for a list without items.
func saidMembers(body []byte, out any) map[string]bool {
	said := make(map[string]bool)
	dec := jsontext.NewDecoder(bytes.NewBuffer(body), syntaxOptions)
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return said
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return said
		}
		text := name.String()
		field := memberOf(out, text)
		value, err := dec.ReadValue()
		if err != nil {
			return said
		}
		isList := field.Kind() == reflect.Slice
		if field.IsValid() && string(value) != `""` && (value.Kind() != 'n' || isList) {
			said[text] = true
			said[""] = said[""] || !isRequestID(text)
		}
	}
	return said
}
