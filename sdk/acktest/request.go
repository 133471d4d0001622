package acktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/wire"
)

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
	// PathParams holds the path parameters by the names that the spec has for them, unescaped, such as "ClusterId". It is nil without any.
	PathParams map[string]string
	// Query holds the query parameters, nil without a query or with one that cannot be read. Parameters that the spec marks as
	// sensitive, and those it does not know, have the value "[REDACTED]".
	Query url.Values
	// Header holds Accept, Content-Type, User-Agent and the header parameters that the spec declares for the operation, as far as they were
	// sent; nil without any. Sensitive ones have the value "[REDACTED]".
	Header http.Header
	// Body is the JSON body, or an object with the fields of a form, decoded as encoding/json decodes into any, but with
	// json.Number for numbers. Fields that the spec marks as sensitive, and those it does not know, have the value
	// "[REDACTED]". It is nil without a body of these kinds.
	Body any
	// Status is the status of the response, 0 when none was sent, and ErrorCode the code in it when the server refused the request.
	Status    int
	ErrorCode string
	// RequestID is the value of the response's x-acs-request-id header.
	RequestID string
}

// Into fills a request of a generated client, such as *[ack.CreateClusterRequest], with the parameters and the body of this one. Sensitive
// fields have the value "[REDACTED]"; a field of another type than text that would have it is an error. Errors hold no value.
//
//	var in ack.ScaleOutClusterRequest
//	require.NoError(t, srv.RequestsFor("ScaleOutCluster")[0].Into(&in))
//	assert.EqualValues(t, 3, in.Count)
func (r Request) Into(request any) error {
	in := wire.Input{Path: r.PathParams, Query: r.Query, Header: r.Header}
	if r.Body != nil {
		body, err := json.Marshal(r.Body)
		if err != nil {
			return fmt.Errorf("acktest: encode the body of a request for %s: %w", r.Operation, err)
		}
		in.Body = body
	}
	if err := wire.Decode(in, request); err != nil {
		return fmt.Errorf("acktest: request for %s: %w", r.Operation, err)
	}
	return nil
}

// Requests returns what the server remembers of the requests it got, the oldest first, refused ones included. Of a long-running server
// these are the latest thousands. Callers must not change what the maps and slices in it hold.
func (s *Server) Requests() []Request { return s.journal.list() }

// RequestsFor returns those of [Server.Requests] for one operation. It panics when the spec has no such operation, since a test that asks for
// it would find nothing for ever.
func (s *Server) RequestsFor(operation string) []Request {
	if s.spec.Operation(operation) == nil {
		fail("acktest: the spec has no operation %s%s", operation, s.spec.Similar(operation))
	}
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return r.Operation != operation })
}

// fail stops a test whose source is wrong, as regexp.MustCompile does: an error would be ignored.
func fail(format string, args ...any) {
	panic(fmt.Errorf(format, args...)) //nolint:forbidigo // See above.
}
