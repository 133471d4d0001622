package gateway

import (
	"cmp"
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
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
)

// maxBody bounds the body of a request, in bytes. The largest real ones, node pools with user data, have some 20 KiB.
const maxBody = 1 << 20

// maxRemembered bounds, in bytes, the body of a request that is recorded.
const maxRemembered = 64 << 10

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

	content content
}

// Values returns the query by the names of the parameters: one that is spread over several is put together as JSON text.
func (c *Call) Values() url.Values { return c.Operation.values(c.Query) }

// Content returns the body as sent, or that of a form as the JSON object that its fields are the members of.
func (c *Call) Content() []byte {
	if !c.content.checked || baseType(c.content.mediaType) != formType {
		return c.Body
	}
	text, _ := marshalJSON(c.content.value) // It was made of texts and JSON.
	return []byte(text)
}

// A Response is what a client gets. Status 0 is 200, and a body without a Content-Type is JSON.
type Response struct {
	Status int
	Header http.Header
	Body   string
	// ErrorCode is the code in the body when the server refused the request.
	ErrorCode string
	// Reset resets the connection instead of a response. Cut breaks it off in the middle of the body.
	Reset, Cut bool
}

// A Handler responds to requests. After a request was verified and validated, the first of Script, Behave and the example of the spec that has
// a response gives it. Functions that are nil are left out; all must be safe for concurrent use. A Handler must not be changed once it serves.
type Handler struct {
	Spec     *Spec
	Verifier *Verifier
	// Unsigned is the id of the AccessKey to which requests without a signature are put down. Without it they are refused.
	Unsigned string

	// Admit may refuse a request that is signed right, before it is validated.
	Admit func(Record) error
	// Disturb may put something in the way of a request that is signed right and matches the spec. The function that it gets carries the
	// request out.
	Disturb func(ctx context.Context, rec Record, respond func() Response) Response
	// Script returns the response that a test wants for a request, of which it gets what may be remembered.
	Script func(Record) (Response, bool)
	// Behave carries a call out. Without handled, the next one in line responds; a nil response is an empty one. A *fault.Fault becomes the
	// error response that it describes; any other error, or a panic, is a mistake of the server: the client gets a 500, and Report the error.
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
	response := h.outcome(&rec, func() (Response, error) { return h.handle(w, r, &rec) })
	header := w.Header()
	header.Set(requestIDHeader, rec.RequestID)
	if response.Body != "" {
		header.Set("Content-Type", jsonType)
	}
	for name, values := range response.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	rec.ErrorCode = response.ErrorCode
	rec.RequestID = header.Get(requestIDHeader)
	if !response.Reset {
		rec.Status = cmp.Or(response.Status, http.StatusOK)
	}
	if h.Record != nil {
		h.Record(rec)
	}
	send(w, response)
}

// outcome returns the response that a function has, also for an error and for a panic, which net/http would print nowhere.
func (h *Handler) outcome(rec *Record, f func() (Response, error)) (response Response) {
	defer func() {
		if p := recover(); p != nil {
			response = h.refuse(rec, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	response, err := f()
	if err != nil {
		return h.refuse(rec, err)
	}
	return response
}

// refuse returns the response of an error: of a fault, or of a mistake of the server, whose text may hold anything.
func (h *Handler) refuse(rec *Record, err error) Response {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		if h.Report != nil {
			h.Report(fmt.Errorf("%s: %w", rec.Operation, err))
		}
		f = fault.New(http.StatusInternalServerError, "InternalError", "The fake server made a mistake.")
	}
	return ErrorResponse(f, rec.RequestID)
}

// ErrorResponse returns the response that a fault is to a client.
func ErrorResponse(f *fault.Fault, requestID string) Response {
	members := map[string]any{"code": f.Code, "message": f.Message, "requestId": requestID}
	if f.AccessDenied != nil {
		members["accessDeniedDetail"] = f.AccessDenied
	}
	body, _ := marshalJSON(members) // texts can be encoded
	return Response{Status: f.Status, Header: f.Header, Body: body, ErrorCode: f.Code}
}

// handle takes the steps of the service in its order: find the operation, check the signature, check the parameters, respond.
func (h *Handler) handle(w http.ResponseWriter, r *http.Request, rec *Record) (Response, error) {
	path, rawQuery, _ := strings.Cut(r.RequestURI, "?")
	op, params, f := h.Spec.router.route(r.Method, path)
	if f != nil {
		return Response{}, f
	}
	rec.Operation = op.Name
	if len(params) > 0 {
		rec.PathParams = params
	}
	body, err := readAll(w, r)
	if err != nil {
		return Response{}, bodyFault(err)
	}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return Response{}, fault.BadRequest("InvalidParameter", "the query of the request cannot be read")
	}
	q := &received{method: r.Method, path: path, query: query, host: r.Host, header: r.Header, body: body}
	content, bodyErr := op.readBody(q)
	rec.describe(op, q, content)
	caller, err := h.admit(op, q, rec)
	if err != nil {
		return Response{}, err
	}
	if f := op.validate(r.Context(), q, params, content, bodyErr); f != nil {
		return Response{}, f
	}
	call := &Call{
		Operation: op, Path: params, Query: query, Header: r.Header, Body: body, ContentType: r.Header.Get("Content-Type"),
		Caller: caller, Region: rec.Region, RequestID: rec.RequestID, content: content,
	}
	respond := func() Response {
		return h.outcome(rec, func() (Response, error) { return h.respond(r.Context(), *rec, call) })
	}
	if h.Disturb == nil {
		return respond(), nil
	}
	return h.Disturb(r.Context(), *rec, respond), nil
}

// admit returns who sent a request, unless the signature is wrong or Admit refuses the request.
func (h *Handler) admit(op *Operation, q *received, rec *Record) (Caller, error) {
	var caller Caller
	switch signed := len(q.header.Values("Authorization")) > 0; {
	case signed || !op.anonymous && h.Unsigned == "":
		var f *fault.Fault
		if caller, f = h.Verifier.verify(q, op.Name); f != nil {
			return Caller{}, f
		}
	case !op.anonymous:
		caller.AccessKeyID = h.Unsigned
	}
	rec.Caller = caller.AccessKeyID
	if h.Admit == nil {
		return caller, nil
	}
	return caller, h.Admit(*rec)
}

// respond gives the response to a request that is right.
func (h *Handler) respond(ctx context.Context, rec Record, call *Call) (Response, error) {
	if h.Script != nil {
		if response, ok := h.Script(rec); ok {
			return response, nil
		}
	}
	if h.Behave != nil {
		response, handled, err := h.Behave(ctx, call)
		if err != nil || handled {
			return deref(response), err
		}
	}
	if call.Operation.Example == nil {
		return Response{}, fault.New(http.StatusNotImplemented, "NotImplemented",
			"The spec has no example of a response of %s, and none can be made of its schema; script a response with Respond.", rec.Operation)
	}
	return *call.Operation.Example, nil
}

func deref(response *Response) Response {
	if response == nil {
		return Response{}
	}
	return *response
}

// readAll reads the body of a request, which may neither be too large nor come too slowly.
func readAll(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, &http.MaxBytesError{Limit: maxBody} // before the client sends it
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(maxWait)) // not every writer has one
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, err // bodyFault tells what it is
	}
	_ = control.SetReadDeadline(time.Time{})
	return body, nil
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
