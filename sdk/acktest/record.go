package acktest

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
)

// maxRequests bounds how many requests a server remembers.
const maxRequests = 10_000

// A Request is what the server remembers of one request. It holds no signature, no token and no credential.
type Request struct {
	// Operation is the name of the operation, empty when method and path belong to none.
	Operation string
	Method    string
	// Region is what the client calls its region, in the header x-acs-region-id.
	Region string
	// Caller is the id of the AccessKey that signed the request. It is empty when the signature was refused or not needed.
	Caller string
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
