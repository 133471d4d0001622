package acktest

import (
	"net/url"
	"slices"
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
	// Body is the JSON body, decoded as encoding/json decodes into any, but with json.Number for numbers. Fields that the spec marks as
	// sensitive, and those it does not know, have the value "[REDACTED]". It is nil without a JSON body.
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
func describeRequest(rec *Request, op *operation, q *received) {
	for name, values := range q.query {
		if rec.Query == nil {
			rec.Query = make(url.Values)
		}
		param := op.params[name]
		if param == nil || isSensitive(param.Extensions) || isSensitiveSchema(param.Schema) || isSensitiveSchema(jsonSchema(param.Content)) {
			values = []string{redacted}
		}
		rec.Query[name] = slices.Clone(values)
	}
	if op.body == nil {
		return
	}
	if value, err := parseJSON(q.body); err == nil {
		rec.Body = redact(value, op.body)
	}
}

// redact returns value without what must not be remembered. What the spec does not describe may be anything, so it goes too.
func redact(value any, ref *openapi3.SchemaRef) any {
	if ref == nil || isSensitiveSchema(ref) {
		return redacted
	}
	schema := ref.Value
	anything := schema.Type == nil && len(schema.Properties) == 0
	if anything {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = redact(item, propertySchema(schema, name))
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = redact(item, schema.Items)
		}
		return out
	default:
		if schema.Type.Is(openapi3.TypeObject) || schema.Type.Is(openapi3.TypeArray) {
			return redacted
		}
		return value
	}
}

func propertySchema(schema *openapi3.Schema, name string) *openapi3.SchemaRef {
	if ref := schema.Properties[name]; ref != nil {
		return ref
	}
	if ref := schema.AdditionalProperties.Schema; ref != nil {
		return ref
	}
	if has := schema.AdditionalProperties.Has; has != nil && *has {
		return openapi3.NewSchemaRef("", openapi3.NewSchema())
	}
	return nil
}

// jsonSchema returns the schema of JSON content, nil without any.
func jsonSchema(content openapi3.Content) *openapi3.SchemaRef {
	if media := content.Get(jsonType); media != nil {
		return media.Schema
	}
	return nil
}

func isSensitiveSchema(ref *openapi3.SchemaRef) bool {
	return ref != nil && ref.Value != nil && isSensitive(ref.Value.Extensions)
}

func isSensitive(extensions map[string]any) bool {
	marked, ok := extensions["x-ack-sensitive"].(bool)
	return ok && marked
}
