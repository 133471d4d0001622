package gateway

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
)

// maxBody bounds the body of a request, in bytes. The largest real ones, node pools with user data, have some 20 KiB.
const maxBody = 4 << 20

const requestIDHeader = "x-acs-request-id"

// A Caller is who signed a request. Its zero value is anonymous.
type Caller struct {
	AccessKeyID string
}

// A Call is a request that was signed right and matches the spec. It holds secrets: nobody prints it.
type Call struct {
	Operation   *Operation
	Path        map[string]string // path parameters by name, unescaped
	Query       url.Values        // as sent
	Header      http.Header
	Body        []byte
	ContentType string // the header, as sent
	Caller      Caller
	Region      string // the header x-acs-region-id
	RequestID   string
}

// A Response is what a client gets. Status 0 is 200, and a body without a Content-Type is JSON.
type Response struct {
	Status int
	Header http.Header
	Body   string
}

// A Handler responds to requests. After a request was verified and validated, the first of Script, Behave and the example of the spec that has
// a response gives it. Functions that are nil are left out; all must be safe for concurrent use. A Handler must not be changed once it serves.
type Handler struct {
	Spec     *Spec
	Verifier *Verifier

	// Script returns the response that a test wants for a request, of which it gets what may be remembered.
	Script func(Record) (Response, bool)
	// Behave carries a call out. Without handled, the next one in line responds. A *fault.Fault becomes the error response that it describes;
	// any other error, or a panic, is a mistake of the server: the client gets a 500, and Report the error.
	Behave func(ctx context.Context, call *Call) (response *Response, handled bool, err error)
	// Record is told of every request before its response is sent, so that a client finds it recorded.
	Record func(Record)
	// Report is told of mistakes of the server.
	Report func(error)
}

// ServeHTTP responds to one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	rec := Record{Method: r.Method, Path: path, Region: r.Header.Get("x-acs-region-id"), RequestID: newRequestID()}
	response, err := h.handle(w, r, &rec)
	if err != nil {
		f := h.faultOf(rec.Operation, err)
		response = errorResponse(f, rec.RequestID)
		rec.ErrorCode = f.Code
	}
	header := w.Header()
	header.Set(requestIDHeader, rec.RequestID)
	if response.Body != "" {
		header.Set("Content-Type", jsonType)
	}
	for name, values := range response.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	rec.RequestID = header.Get(requestIDHeader)
	rec.Status = response.Status
	if rec.Status == 0 {
		rec.Status = http.StatusOK
	}
	if h.Record != nil {
		h.Record(rec)
	}
	w.WriteHeader(rec.Status)
	// The server does not care about a client that went away.
	_, _ = io.WriteString(w, response.Body)
}

// faultOf returns the fault that an error is, or the one that clients get for a mistake of the server, whose text may hold anything.
func (h *Handler) faultOf(operation string, err error) *fault.Fault {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f
	}
	if h.Report != nil {
		h.Report(fmt.Errorf("%s: %w", operation, err))
	}
	return fault.New(http.StatusInternalServerError, "InternalError", "The fake server made a mistake.")
}

func errorResponse(f *fault.Fault, requestID string) Response {
	members := map[string]any{"code": f.Code, "message": f.Message, "requestId": requestID}
	if f.AccessDenied != nil {
		members["accessDeniedDetail"] = f.AccessDenied
	}
	body, err := marshalJSON(members)
	if err != nil {
		body = `{"code":"InternalError"}`
	}
	return Response{Status: f.Status, Header: f.Header, Body: body}
}

// handle takes the steps of the service in its order: find the operation, check the signature, check the parameters, respond.
func (h *Handler) handle(w http.ResponseWriter, r *http.Request, rec *Record) (Response, error) {
	path, rawQuery, _ := strings.Cut(r.RequestURI, "?")
	op, params, f := h.Spec.router.route(r.Method, path)
	if f != nil {
		return Response{}, f
	}
	rec.Operation = op.Name
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return Response{}, bodyFault(err)
	}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return Response{}, fault.BadRequest("InvalidParameter", "the query of the request cannot be read")
	}
	q := &received{method: r.Method, path: path, query: query, host: r.Host, header: r.Header, body: body}
	content, err := op.readBody(q)
	rec.describe(op, q, content)
	caller, f := h.verify(op, q)
	if f != nil {
		return Response{}, f
	}
	rec.Caller = caller.AccessKeyID
	if f := op.validate(r.Context(), q, params, content, err); f != nil {
		return Response{}, f
	}
	return h.respond(r.Context(), *rec, &Call{
		Operation: op, Path: params, Query: query, Header: r.Header, Body: body, ContentType: r.Header.Get("Content-Type"),
		Caller: caller, Region: rec.Region, RequestID: rec.RequestID,
	})
}

func (h *Handler) verify(op *Operation, q *received) (Caller, *fault.Fault) {
	if signed := len(q.header.Values("Authorization")) > 0; !signed && op.anonymous {
		return Caller{}, nil
	}
	return h.Verifier.verify(q, op.Name)
}

// respond gives the response to a request that is right.
func (h *Handler) respond(ctx context.Context, rec Record, call *Call) (Response, error) {
	if h.Script != nil {
		if response, ok := h.Script(rec); ok {
			return response, nil
		}
	}
	response, handled, err := h.behave(ctx, call)
	op := call.Operation
	switch {
	case err != nil:
		return Response{}, err
	case handled:
		return *response, nil
	case op.Example == nil:
		return Response{}, fault.New(http.StatusNotImplemented, "NotImplemented",
			"The spec has no example of a response of %s, and none can be made of its schema; script a response with Respond.", op.Name)
	}
	return *op.Example, nil
}

// behave calls Behave and makes an error of a panic, which net/http would print nowhere.
func (h *Handler) behave(ctx context.Context, call *Call) (response *Response, handled bool, err error) {
	if h.Behave == nil {
		return nil, false, nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h.Behave(ctx, call)
}

func bodyFault(err error) *fault.Fault {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.New(http.StatusRequestEntityTooLarge, "RequestBodyTooLarge", "The body has more than %d bytes.", maxBody)
	}
	return fault.BadRequest("InvalidParameter", "the body of the request cannot be read")
}

// newRequestID returns a random id in the service's form, upper-case hexadecimal groups.
func newRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // It never fails, see its documentation.
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	s := strings.ToUpper(hex.EncodeToString(b[:]))
	return fmt.Sprintf("%s-%s-%s-%s-%s", s[:8], s[8:12], s[12:16], s[16:20], s[20:])
}
