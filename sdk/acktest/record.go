package acktest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// maxRequests bounds how many requests a server remembers.
const maxRequests = 10_000

// redacted stands for a value that is not recorded.
const redacted = "[REDACTED]"

// A Request is what the server remembers of one request. It holds no signature, no token and no credential.
type Request struct {
	// Operation is the name of the operation, empty when method and path belong to none.
	Operation string
	Method    string
	// Region is what the client calls its region, in the header x-acs-region-id.
	Region string
	// Path is the escaped path as it was sent.
	Path string
	// Query holds the query parameters, nil without a query or with one that cannot be read. Parameters that the spec marks as
	// sensitive, and those it does not know, have the value "[REDACTED]".
	Query url.Values
	// Header holds the header parameters that the spec declares for the operation, nil without any. Sensitive ones have the value
	// "[REDACTED]".
	Header http.Header
	// Body is the JSON body, or an object with the fields of a form, decoded as encoding/json decodes into any, but with
	// json.Number for numbers. Fields that the spec marks as sensitive, and those it does not know, have the value
	// "[REDACTED]". It is nil without a body of these kinds.
	Body any
	// Status is the status of the response, and ErrorCode the code in it when the server refused the request.
	Status    int
	ErrorCode string
	// RequestID is the value of the response's x-acs-request-id header.
	RequestID string
}

// A journal remembers requests and scripted responses. It is safe for concurrent use.
type journal struct {
	mu       sync.Mutex
	requests []Request
	scripts  map[string][]Response
}

func (j *journal) record(r Request) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.requests) == maxRequests {
		j.requests = slices.Delete(j.requests, 0, maxRequests/10)
	}
	j.requests = append(j.requests, r)
}

// list returns the remembered requests. Nobody writes into what they point to, so a shallow copy will do.
func (j *journal) list() []Request {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.requests)
}

func (j *journal) script(operation string, r Response) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.scripts == nil {
		j.scripts = make(map[string][]Response)
	}
	r.Header = r.Header.Clone()
	j.scripts[operation] = append(j.scripts[operation], r)
}

// next takes the oldest scripted response that suits a request.
func (j *journal) next(r Request) (Response, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	queue := j.scripts[r.Operation]
	i := slices.IndexFunc(queue, func(script Response) bool { return script.When == nil || script.When(r) })
	if i < 0 {
		return Response{}, false
	}
	found := queue[i]
	j.scripts[r.Operation] = slices.Delete(queue, i, i+1)
	return found, true
}

// unused returns the operation of every scripted response that is left, sorted.
func (j *journal) unused() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []string
	for operation, queue := range j.scripts {
		out = append(out, slices.Repeat([]string{operation}, len(queue))...)
	}
	slices.Sort(out)
	return out
}

// describeRequest fills in what may be remembered of a request to a known operation.
func describeRequest(rec *Request, op *operation, q *received, body content) {
	for sent, values := range q.query {
		if rec.Query == nil {
			rec.Query = make(url.Values)
		}
		name, way := op.queryParam(sent)
		if name == "" || op.query[name].hides(way) {
			values = []string{redacted}
		}
		rec.Query[sent] = slices.Clone(values)
	}
	for name, sensitive := range op.headers {
		values := q.header.Values(name)
		if len(values) == 0 {
			continue
		}
		if sensitive {
			values = []string{redacted}
		}
		if rec.Header == nil {
			rec.Header = make(http.Header)
		}
		rec.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	if body.checked && len(q.body) > 0 {
		rec.Body = redact(body.value, shapeOf(body.media.Schema))
	}
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

// redact returns value without what must not be remembered. What the spec does not describe may be anything, so it goes too.
func redact(value any, s shape) any {
	if len(s) == 0 || s.sensitive() {
		return redacted
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
			return redacted
		}
		return value
	}
}

func allowsScalar(schema *openapi3.Schema) bool {
	return isFree(schema) || schema.Type != nil && !schema.Type.Is(openapi3.TypeObject) && !schema.Type.Is(openapi3.TypeArray)
}
