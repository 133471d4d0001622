package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

var errNotForm = errors.New("value is not a form")

// A content is a body as the spec describes it.
type content struct {
	mediaType string // the one of the spec under which it was sent
	media     *openapi3.MediaType
	value     any  // as JSON decodes
	checked   bool // whether the value was read and can be compared with the schema
}

// readBody reads the body of a request as the spec says. Media types other than JSON and forms are taken as they come.
func (op *Operation) readBody(q *received) (content, error) {
	def := op.requestBody
	if def == nil {
		return content{}, nil
	}
	sent := q.header.Get("Content-Type")
	if len(q.body) == 0 {
		sent = cmp.Or(sent, formType)
	}
	out := content{mediaType: acceptedType(def.Content, sent)}
	if out.mediaType == "" && len(q.body) > 0 && isVague(sent) {
		out.mediaType = jsonOf(def.Content)
	}
	out.media = def.Content[out.mediaType]
	if out.media == nil || out.media.Schema == nil {
		return out, nil
	}
	s := shapeOf(out.media.Schema)
	var err error
	switch {
	case isJSON(out.mediaType), isJSON(sent) && (s.is(openapi3.TypeObject) || s.is(openapi3.TypeArray)):
		out.value, err = parseJSON(q.body)
		out.checked = err == nil
	case baseType(out.mediaType) == formType:
		out.value, err = readForm(q.body, s, out.media.Encoding)
		out.checked = err == nil
	}
	return out, err
}

// isVague reports whether clients send JSON under a media type that says nothing of it: the provider's command line tool has bytes for bodies that do not
// begin with a brace, such as lists, and other programs send everything as a form.
func isVague(sent string) bool {
	base := baseType(sent)
	return base == "application/octet-stream" || base == formType
}

// readForm reads a form as the object that its fields are the members of.
func readForm(body []byte, s shape, encoding map[string]*openapi3.Encoding) (any, error) {
	fields, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errNotForm
	}
	object := make(map[string]any, len(fields))
	for name, values := range fields {
		object[name] = formField(values, s.property(name), encoding[name])
	}
	return object, nil
}

// formField reads a field of a form: scalars are text, lists of scalars repeat the field or, where the spec says so, have commas, and
// everything else is JSON text.
func formField(values []string, s shape, encoding *openapi3.Encoding) any {
	list := s.is(openapi3.TypeArray)
	items := s.items()
	switch {
	case list && !items.is(openapi3.TypeObject) && !items.is(openapi3.TypeArray):
		if encoding != nil && encoding.Explode != nil && !*encoding.Explode && len(values) == 1 {
			values = strings.Split(values[0], ",")
		}
		return typedList(values, items)
	case len(values) > 1:
		return typedList(values, nil)
	case list, s.is(openapi3.TypeObject), s.free():
		if value, err := parseJSON([]byte(values[0])); err == nil {
			return value
		}
	}
	return typed(values[0], s)
}

// checkBody compares the body of a request with the spec.
func (op *Operation) checkBody(q *received, body content, readErr error) error {
	def := op.requestBody
	refuse := func(reason string, err error) error {
		return &openapi3filter.RequestError{RequestBody: def, Reason: reason, Err: err}
	}
	switch form := baseType(body.mediaType) == formType; {
	case def == nil && len(q.body) > 0:
		return &openapi3filter.RequestError{Reason: "the operation takes no body"}
	case def == nil, len(q.body) == 0 && !def.Required:
		return nil
	case len(q.body) == 0 && !form: // a form without fields is empty
		return refuse("", openapi3filter.ErrInvalidRequired)
	case len(def.Content) == 0:
		return nil
	case body.media == nil:
		return refuse(fmt.Sprintf("header Content-Type has unexpected value %q", q.header.Get("Content-Type")), nil)
	case readErr != nil:
		return refuse(readErr.Error(), nil)
	case !body.checked:
		return nil
	}
	err := body.media.Schema.Value.VisitJSON(body.value, openapi3.VisitAsRequest(), openapi3.DisableSchemaErrorDetails())
	if err != nil {
		return refuse("", err)
	}
	return nil
}

// takesBody reports whether requests of a method have bodies. Whatever a spec says, nobody reads those of others.
func takesBody(method string) bool { return method != http.MethodHead && method != http.MethodTrace }
