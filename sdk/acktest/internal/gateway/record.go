package gateway

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// Redacted stands for a value that is not recorded.
const Redacted = "[REDACTED]"

// A Record is what may be remembered of one request. It holds no signature, no token and no credential.
type Record struct {
	// Operation is the name of the operation, empty when method and path belong to none.
	Operation string
	Method    string
	Region    string // the header x-acs-region-id
	// Caller is the id of the AccessKey that signed the request. It is empty until the signature was verified.
	Caller string
	Path   string // escaped, as it was sent
	// PathParams are the path parameters by name, unescaped.
	PathParams map[string]string
	// Query, Header and Body have Redacted in the place of what is sensitive, and of what the spec does not know.
	Query     url.Values
	Header    http.Header
	Body      any // as JSON decodes, with json.Number for numbers
	Status    int
	ErrorCode string // when the server refused the request
	RequestID string
}

// describe fills in what may be remembered of a request to a known operation.
func (rec *Record) describe(op *Operation, q *received, body content) {
	for sent, values := range q.query {
		if rec.Query == nil {
			rec.Query = make(url.Values)
		}
		name, way := op.queryParam(sent)
		if name == "" || op.query[name].hides(way) {
			values = []string{Redacted}
		}
		rec.Query[sent] = slices.Clone(values)
	}
	for _, name := range plainHeaders {
		rec.keepHeader(q, name, false)
	}
	for name, sensitive := range op.headers {
		rec.keepHeader(q, name, sensitive)
	}
	if body.checked && len(q.body) > 0 && len(q.body) <= maxRemembered {
		rec.Body = Redact(body.value, body.media.Schema)
	}
}

// plainHeaders are those that hold no secret, and that every operation may get.
var plainHeaders = []string{"Accept", "Content-Type", "User-Agent"}

func (rec *Record) keepHeader(q *received, name string, sensitive bool) {
	values := q.header.Values(name)
	if len(values) == 0 {
		return
	}
	if sensitive {
		values = []string{Redacted}
	}
	if rec.Header == nil {
		rec.Header = make(http.Header)
	}
	rec.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
}

// hides reports whether a value of a parameter must not be remembered.
func (p queryParam) hides(way []string) bool {
	s := p.shape
	for _, name := range way {
		if s.sensitive() {
			return true
		}
		if _, err := strconv.Atoi(name); err == nil && s.is(openapi3.TypeArray) {
			s = s.items()
		} else {
			s = s.property(name)
		}
		if len(s) == 0 {
			return true
		}
	}
	return p.sensitive || s.sensitive() || s.items().sensitive()
}

// Redact returns a value of a schema without what must not be remembered.
func Redact(value any, schema *openapi3.SchemaRef) any { return redact(value, shapeOf(schema)) }

// redact returns value without what must not be remembered. What the spec does not describe may be anything, so it goes too.
func redact(value any, s shape) any {
	if len(s) == 0 || s.sensitive() {
		return Redacted
	}
	switch v := value.(type) {
	case map[string]any:
		if s.free() && len(s) == 1 {
			return value
		}
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = redact(item, s.property(name))
		}
		return out
	case []any:
		if s.free() && len(s) == 1 {
			return value
		}
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = redact(item, s.items())
		}
		return out
	default:
		if !slices.ContainsFunc(s, allowsScalar) {
			return Redacted
		}
		return value
	}
}

func allowsScalar(schema *openapi3.Schema) bool {
	return isFree(schema) || schema.Type != nil && !schema.Type.Is(openapi3.TypeObject) && !schema.Type.Is(openapi3.TypeArray)
}
