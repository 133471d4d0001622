package acktest

import (
	"fmt"
	"net/http"
)

// A Response is a response scripted with [Server.Respond].
type Response struct {
	// Status is the HTTP status; 0 means 200.
	Status int
	// Header is added to the headers of the response. A request id in it replaces the one of the server. Without a Content-Type, a body is
	// announced as application/json.
	Header http.Header
	// Body is sent as it is.
	Body string
	// Drift says that Body differs from the spec on purpose. Without it they are compared.
	Drift bool
	// When tells which requests get the response, such as those for one region; the others leave it for later. It knows the request, but
	// not yet the status. It must not use the server. nil means the next request.
	When func(Request) bool
}

// Respond makes the server give this response to the next request for the operation that is signed right, matches the spec and suits
// When. Responses of one operation are given in the order in which they were scripted, each once; then the server responds by itself
// again. A server of [NewServer] fails the test when one of them was never asked for.
//
// Respond panics when the test is wrong: when the spec has no such operation, when the status is impossible, or when the body of a success is not
// one of the spec: when it has a field that the spec lacks, which a client would not see, when one is of another type, or when one is missing that
// is always there. Values of enums, bounds and patterns do not matter. Drift allows what differs.
func (s *Server) Respond(operation string, r Response) {
	if err := s.checkScript(operation, r); err != nil {
		panic(err) //nolint:forbidigo // Like a broken regexp in MustCompile: the caller's source is wrong, and an error would be ignored.
	}
	s.journal.script(operation, r)
}

func (s *Server) checkScript(operation string, r Response) error {
	op := s.spec.Operation(operation)
	if op == nil {
		return fmt.Errorf("acktest: script response: the spec has no operation %s%s", operation, s.spec.Similar(operation))
	}
	if r.Status != 0 && (r.Status < http.StatusOK || r.Status > 599) {
		return fmt.Errorf("acktest: script response of %s: status %d is not between 200 and 599", operation, r.Status)
	}
	if r.Drift {
		return nil
	}
	if err := op.CheckResponse(r.Status, []byte(r.Body)); err != nil {
		return fmt.Errorf("acktest: script response of %s: %w (set Drift if that is meant)", operation, err)
	}
	return nil
}
