package roa

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
)

// Request collects the parameters of one call. Its methods keep the first error
// they meet, and [Client.Do] returns it before anything is sent. A request
// serves one call in one goroutine.
//
// For generated code: methods of clients fill one; programs use [RawRequest].
type Request struct {
	op      *Operation
	err     error
	path    []QueryParam
	query   []QueryParam
	header  []headerPair
	body    []byte // JSON, unless the operation is a raw call
	hasBody bool
	in      any // what the request is made of, for validation

	// stream is the body in place of body; nil for all others.
	stream bodySource

	// form makes what is sent of a JSON body; nil sends it as it is.
	form func(body []byte) ([]byte, error)

	// For a dump, which must not show them.
	bodyValue any
	secrets   []secretValue

	// Room for what most operations have, so that they need no memory of
	// their own.
	pathArr  [2]QueryParam
	queryArr [6]QueryParam
}

// NewRequest starts a request of the operation. in is the value that it is made
// of, a pointer to a struct with roa tags, which [WithValidation] checks before
// anything is sent; nil is not checked.
//
// For generated code: methods of clients call it.
func NewRequest(op *Operation, in any) *Request {
	r := &Request{op: op, in: in}
	r.path, r.query = r.pathArr[:0], r.queryArr[:0]
	return r
}

// Path sets a path parameter to a string or another scalar. The value is
// escaped as one segment of the path. A value that is empty, blank, "." or
// ".." is an error, as it would address another resource.
func (r *Request) Path(name string, value any) {
	text, set, err := paramText(value, false)
	switch {
	case err != nil:
		r.fail("path", name, err.Error())
	case !set || strings.TrimSpace(text) == "":
		r.fail("path", name, "is empty")
	case text == "." || text == "..":
		r.fail("path", name, strconv.Quote(text)+" would change the path")
	default:
		r.path = append(r.path, QueryParam{name, text})
		if isSecret(value) {
			r.addSecret(inPath, name, value)
		}
	}
}

// Query sets a query parameter. A nil pointer and a nil slice are left out. A
// slice is sent as its items joined by commas. One that is empty, or whose items are,
// is an error: a query cannot tell it from no list, which mostly means everything.
func (r *Request) Query(name string, value any) {
	text, set, err := paramText(value, true)
	if err != nil {
		r.fail("query", name, err.Error())
		return
	}
	if !set {
		return
	}
	r.query = setQuery(r.query, name, text)
	if isSecret(value) {
		r.addSecret(inQuery, name, value)
	}
}

// QueryJSON sets a query parameter whose value is a JSON text. A nil pointer,
// slice, map or interface is left out.
func (r *Request) QueryJSON(name string, value any) {
	if text, ok := r.queryText(name, value); ok {
		r.query = setQuery(r.query, name, string(text))
		r.addSecret(inQuery, name, value)
	}
}

// queryText returns the JSON text of what a query parameter is made of, and false when
// there is nothing to send.
func (r *Request) queryText(name string, value any) ([]byte, bool) {
	if nilcheck.IsNil(value) {
		return nil, false
	}
	text, err := encodeJSON(value)
	if err != nil {
		r.fail("query", name, "cannot be encoded: "+err.Error())
	}
	return text, err == nil
}

// Body sets the body to the JSON form of a value. A nil interface or pointer
// means no body. A nil slice or map is an error: the body is a list or a map that
// the caller did not set, and an empty one would mean something.
func (r *Request) Body(value any) {
	switch rv := reflect.ValueOf(value); rv.Kind() {
	case reflect.Invalid:
		return
	case reflect.Pointer:
		if rv.IsNil() {
			return
		}
	case reflect.Slice, reflect.Map:
		if rv.IsNil() {
			r.keep(errors.New("request body is not set: fill the list or map, or make it empty on purpose"))
			return
		}
	}
	body, err := encodeJSON(value)
	if err != nil {
		r.keep(fmt.Errorf("encode body: %w", err))
		return
	}
	r.body, r.hasBody, r.bodyValue = body, true, value
}

// OptionalBody does the same, but sends no body when there is nothing in it: when the
// value is nil, or written as null or as an object without a member.
func (r *Request) OptionalBody(value any) {
	if nilcheck.IsNil(value) {
		return
	}
	r.Body(value)
	if text := string(r.body); text == "{}" || text == "null" {
		r.body, r.hasBody, r.bodyValue = nil, false, nil
	}
}

func (r *Request) addSecret(place paramPlace, name string, value any) {
	r.secrets = append(r.secrets, secretValue{place: place, name: name, value: value})
}

func (r *Request) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *Request) fail(in, name, problem string) { r.keep(paramError(in, name, problem)) }

// setQuery sets a parameter, replacing all earlier ones of that name.
func setQuery(params []QueryParam, name, value string) []QueryParam {
	for i := range params {
		if params[i].Name == name {
			params[i].Value = value
			return append(params[:i+1], withoutParam(params[i+1:], name)...)
		}
	}
	return append(params, QueryParam{name, value})
}

func withoutParam(params []QueryParam, name string) []QueryParam {
	return slices.DeleteFunc(params, func(p QueryParam) bool { return p.Name == name })
}

// paramText returns the text of a parameter, and whether there is one. The
// types that nearly all parameters have are converted here; the rest is left
// to [styleParam].
func paramText(value any, slices bool) (text string, set bool, err error) {
	switch v := value.(type) {
	case nil:
		return "", false, nil
	case string:
		return v, true, nil
	case *string:
		if v == nil {
			return "", false, nil
		}
		return *v, true, nil
	case bool:
		return strconv.FormatBool(v), true, nil
	case *bool:
		if v == nil {
			return "", false, nil
		}
		return strconv.FormatBool(*v), true, nil
	case int:
		return strconv.Itoa(v), true, nil
	case int32:
		return strconv.FormatInt(int64(v), 10), true, nil
	case int64:
		return strconv.FormatInt(v, 10), true, nil
	case *int32:
		if v == nil {
			return "", false, nil
		}
		return strconv.FormatInt(int64(*v), 10), true, nil
	case *int64:
		if v == nil {
			return "", false, nil
		}
		return strconv.FormatInt(*v, 10), true, nil
	}
	return styleParam(value, slices)
}

// styleParam converts named types, times, floats and slices, in the style "simple"
// of OpenAPI. Nothing is escaped: that happens once, when the URL is made.
func styleParam(value any, slices bool) (text string, set bool, err error) {
	rv := reflect.ValueOf(value)
	for rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return "", false, nil
		}
		rv = rv.Elem()
	}
	switch {
	case rv.Kind() == reflect.String:
		return rv.String(), true, checkMaskOf(rv)
	case isScalar(rv.Type()):
		return scalarText(rv), true, nil
	case rv.Kind() != reflect.Slice:
		return "", false, fmt.Errorf("cannot be made from a %s", rv.Type())
	case !slices:
		return "", false, errors.New("must be a single value")
	case rv.IsNil():
		return "", false, nil
	}
	items, err := itemTexts(rv, ",")
	return strings.Join(items, ","), err == nil, err
}

// itemTexts returns the texts of the items of a list. They must not hold what
// separates them.
func itemTexts(list reflect.Value, separator string) ([]string, error) {
	if err := checkItems(list, separator); err != nil {
		return nil, err
	}
	items := make([]string, list.Len())
	for i := range items {
		items[i] = scalarText(list.Index(i))
	}
	return items, nil
}

// scalarText returns the text of a value for which isScalar is true.
func scalarText(rv reflect.Value) string {
	switch {
	case rv.Type() == timeType:
		t, _ := reflect.TypeAssert[time.Time](rv)
		return t.Format(time.RFC3339Nano)
	case rv.Kind() == reflect.Bool:
		return strconv.FormatBool(rv.Bool())
	case rv.CanInt():
		return strconv.FormatInt(rv.Int(), 10)
	case rv.CanUint():
		return strconv.FormatUint(rv.Uint(), 10)
	case rv.CanFloat():
		return strconv.FormatFloat(rv.Float(), 'f', -1, rv.Type().Bits())
	default:
		return rv.String()
	}
}

// checkItems refuses lists that would arrive as other lists. An empty one arrives
// like none, and what was to happen to nothing would happen to all there is.
func checkItems(list reflect.Value, separator string) error {
	elem := list.Type().Elem()
	if !isScalar(elem) || elem.Kind() == reflect.Uint8 {
		return fmt.Errorf("cannot be made from a %s", list.Type())
	}
	if list.Len() == 0 {
		return errors.New("is an empty list, which would arrive as none: fill it, or make it nil if none is meant")
	}
	if elem.Kind() != reflect.String {
		return nil
	}
	for i := range list.Len() {
		item := list.Index(i)
		if strings.TrimSpace(item.String()) == "" {
			return fmt.Errorf("has nothing in item %d", i)
		}
		if separator != "" && strings.Contains(item.String(), separator) {
			return fmt.Errorf("has a comma in item %d, and commas separate the items", i)
		}
		if err := checkMaskOf(item); err != nil {
			return fmt.Errorf("item %d %w", i, err)
		}
	}
	return nil
}

// paramPlace is where a parameter stands.
type paramPlace uint8

const (
	inPath paramPlace = iota
	inQuery
	inHeader
)

// secretValue is the value of a parameter that holds a secret, or may hold one.
type secretValue struct {
	place paramPlace
	name  string
	value any
	// params makes several parameters of the JSON text of the value; nil when it is one.
	params func(text []byte) ([]QueryParam, error)
}

// isSecret reports whether a parameter is a secret or a list of them.
func isSecret(value any) bool {
	switch value.(type) {
	case Secret, *Secret, []Secret:
		return true
	default:
		return false
	}
}
