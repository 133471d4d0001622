package roa

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// QueryEach sets a query parameter to a list that is sent as one parameter for each item,
// in the order of the list. A nil slice is left out. A list that is empty or has an
// empty item is an error, as for [Request.Query].
func (r *Request) QueryEach(name string, value any) {
	list := reflect.Indirect(reflect.ValueOf(value))
	switch {
	case nilcheck.IsNil(value) || nilcheck.IsNil(list.Interface()):
		return
	case list.Kind() != reflect.Slice:
		r.fail("query", name, fmt.Sprintf("is a %s: want a list", list.Type()))
		return
	}
	items, err := itemTexts(list, "")
	if err != nil {
		r.fail("query", name, err.Error())
		return
	}
	r.query = withoutParam(r.query, name)
	for _, item := range items {
		r.query = append(r.query, QueryParam{name, item})
	}
	if isSecret(value) {
		r.addSecret(inQuery, name, value)
	}
}

// QueryDeep sets the query parameters of an object, a map or a struct, in the style
// "deepObject" of OpenAPI: the parameter for a member is name[member]. Objects in it go
// on like that, as name[a][b], and a list of scalars repeats its parameter. Nil is left out,
// as are members that are null.
func (r *Request) QueryDeep(name string, value any) {
	r.queryObject(name, value, &paramStyle{
		member: func(of, member string) string { return of + "[" + member + "]" },
		nested: true,
	})
}

// QueryFields sets one query parameter for each member of an object, named like it: the
// style "form" of OpenAPI, exploded. A list of scalars repeats its parameter; an object in
// the object is an error. The name is for errors only. Nil is left out, as are members
// that are null. A member that is named like a parameter which is set already is an error,
// so generated code calls this last.
func (r *Request) QueryFields(name string, value any) {
	r.queryObject(name, value, &paramStyle{member: func(_, member string) string { return member }, free: true})
}

// QueryFlat sets the query parameters of any value in the way of the official SDKs: that
// for a member of an object is name.member, and that for an item of a list name.1 and so
// on, to any depth. Nil is left out, as is what is null.
func (r *Request) QueryFlat(name string, value any) {
	r.queryObject(name, value, &paramStyle{
		member: func(of, member string) string { return of + "." + member },
		item:   func(of string, n int) string { return of + "." + strconv.Itoa(n) },
		nested: true,
		any:    true,
	})
}

func (r *Request) queryObject(name string, value any, style *paramStyle) {
	text, ok := r.queryText(name, value)
	if !ok {
		return
	}
	params := func(text []byte) ([]QueryParam, error) { return style.params(name, text) }
	made, err := params(text)
	if err != nil {
		r.fail("query", name, err.Error())
		return
	}
	for _, p := range made {
		if style.free && slices.ContainsFunc(r.query, func(q QueryParam) bool { return q.Name == p.Name }) {
			r.fail("query", name, "has the member "+shownName(p.Name)+", and there is a parameter of that name")
			return
		}
	}
	r.query = append(r.query, made...)
	r.secrets = append(r.secrets, secretValue{place: inQuery, name: name, value: value, params: params})
}

// paramStyle says how the parts of a JSON value become parameters.
type paramStyle struct {
	member func(of, member string) string // name of the parameter for a member
	item   func(of string, n int) string  // the same for an item, from 1; nil repeats the list's
	nested bool                           // objects may hold objects
	any    bool                           // the value may be a list or a scalar
	free   bool                           // names do not start with that of the value
}

// params returns the parameters of a value, in the order of its text.
func (s *paramStyle) params(name string, text []byte) ([]QueryParam, error) {
	w := paramWalk{style: s, dec: jsontext.NewDecoder(bytes.NewReader(text))}
	if kind := w.dec.PeekKind(); kind != '{' && kind != 'n' && !s.any {
		return nil, fmt.Errorf("is of kind %s: want an object", kindName(kind))
	}
	err := w.value(name, 0)
	return w.made, err
}

// paramWalk makes parameters of a JSON text.
type paramWalk struct {
	style *paramStyle
	dec   *jsontext.Decoder
	made  []QueryParam
}

func (w *paramWalk) value(name string, depth int) error {
	switch w.dec.PeekKind() {
	case 'n':
		return w.dec.SkipValue()
	case '{':
		if depth > 0 && !w.style.nested {
			return errors.New("holds an object in " + shownName(name) + ": want a scalar or a list of them")
		}
		return w.object(name, depth)
	case '[':
		return w.list(name, depth)
	default:
		token, err := w.dec.ReadToken()
		w.made = append(w.made, QueryParam{name, token.String()})
		return err
	}
}

func (w *paramWalk) object(name string, depth int) error {
	_, err := w.dec.ReadToken()
	for err == nil && w.dec.PeekKind() == '"' {
		var member jsontext.Token
		if member, err = w.dec.ReadToken(); err == nil {
			err = w.value(w.style.member(name, member.String()), depth+1)
		}
	}
	if err != nil {
		return err
	}
	_, err = w.dec.ReadToken()
	return err
}

func (w *paramWalk) list(name string, depth int) error {
	_, err := w.dec.ReadToken()
	n := 0
	for ; err == nil && w.dec.PeekKind() != ']'; n++ {
		err = w.item(name, n, depth)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return errors.New("holds an empty list at " + shownName(name) + ", which would arrive as none: fill it, or make it nil if none is meant")
	}
	_, err = w.dec.ReadToken()
	return err
}

// item makes the parameters of an item. One that is repeated must be seen: without a text
// the list would be another, or none.
func (w *paramWalk) item(name string, n, depth int) error {
	if w.style.item != nil {
		return w.value(w.style.item(name, n+1), depth+1)
	}
	if kind := w.dec.PeekKind(); kind == '{' || kind == '[' || kind == 'n' {
		return fmt.Errorf("has an item of kind %s in the list %s: want scalars", kindName(kind), shownName(name))
	}
	token, err := w.dec.ReadToken()
	if err != nil {
		return err
	}
	text := token.String()
	if strings.TrimSpace(text) == "" {
		return fmt.Errorf("has nothing in item %d of %s", n, shownName(name))
	}
	w.made = append(w.made, QueryParam{name, text})
	return nil
}

// shownName shows a name that may come from the data of a program.
func shownName(name string) string { return strconv.Quote(oneline.Of(name, maxShownCode)) }
