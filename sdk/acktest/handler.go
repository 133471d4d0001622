package acktest

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxBody bounds the body of a request, in bytes. The largest real ones, node pools with user data, have some 20 KiB.
const maxBody = 4 << 20

const requestIDHeader = "x-acs-request-id"

// A handler responds to requests. It is safe for concurrent use.
type handler struct {
	spec     *apiSpec
	verifier *verifier
	journal  journal
}

// ServeHTTP responds to one request. It remembers the request before it sends the response, so that a client finds it recorded.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	rec := Request{Method: r.Method, Path: path, Region: r.Header.Get("x-acs-region-id"), RequestID: newRequestID()}
	response, f := h.handle(w, r, &rec)
	if f != nil {
		response = f.response(rec.RequestID)
		rec.ErrorCode = f.code
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
	h.journal.record(rec)
	w.WriteHeader(rec.Status)
	// The server does not care about a client that went away.
	_, _ = io.WriteString(w, response.Body)
}

func (f *fault) response(requestID string) Response {
	body, err := marshalJSON(map[string]any{"code": f.code, "message": f.message, "requestId": requestID})
	if err != nil {
		body = `{"code":"InternalError"}`
	}
	return Response{Status: f.status, Body: body}
}

// handle takes the steps of the service in its order: find the operation, check the signature, check the parameters, respond.
func (h *handler) handle(w http.ResponseWriter, r *http.Request, rec *Request) (Response, *fault) {
	path, rawQuery, _ := strings.Cut(r.RequestURI, "?")
	op, params, allow, f := h.spec.router.route(r.Method, path)
	if f != nil {
		if allow != nil {
			w.Header().Set("Allow", strings.Join(allow, ", "))
		}
		return Response{}, f
	}
	rec.Operation = op.name
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return Response{}, bodyFault(err)
	}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return Response{}, badRequest("InvalidParameter", "the query of the request cannot be read")
	}
	q := &received{method: r.Method, path: path, query: query, host: r.Host, header: r.Header, body: body}
	content, err := op.readBody(q)
	describeRequest(rec, op, q, content)
	if signed := len(r.Header.Values("Authorization")) > 0; signed || !op.anonymous {
		if f := h.verifier.verify(q, op.name); f != nil {
			return Response{}, f
		}
	}
	if f := op.validate(r.Context(), q, params, content, err); f != nil {
		return Response{}, f
	}
	if response, ok := h.journal.next(*rec); ok {
		return response, nil
	}
	if op.response == nil {
		return Response{}, faultf(http.StatusNotImplemented, "NotImplemented",
			"The spec has no example of a response of %s, and none can be made of its schema; script a response with Respond.", op.name)
	}
	return *op.response, nil
}

func bodyFault(err error) *fault {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return faultf(http.StatusRequestEntityTooLarge, "RequestBodyTooLarge", "The body has more than %d bytes.", maxBody)
	}
	return badRequest("InvalidParameter", "the body of the request cannot be read")
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
