package roa

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// RawRequest is a call of an operation that the client has no method for.
type RawRequest struct {
	// Operation is the name of the operation, such as "DescribeClusterNodes".
	// Required.
	Operation string
	// Method is the HTTP method in upper case. Required.
	Method string
	// Path is the path with a leading slash, not escaped; {Name} stands for a
	// member of PathParams. It has no query. Required.
	Path string
	// PathParams are the values for the path, not escaped.
	PathParams map[string]string
	// Query holds the query parameters, not escaped.
	Query map[string]string
	// Header holds more header fields; with the limits of [CallHeader]. Accept and
	// Content-Type are application/json unless they are here.
	Header map[string]string
	// Body is sent as JSON, or as it is when it is a []byte. Nil means no body.
	Body any
	// Retry is the retry class. With the zero value, GET and HEAD are idempotent
	// and all else is unsafe.
	Retry RetryClass
}

// RawResponse is a successful response.
type RawResponse struct {
	// Metadata of the response.
	Metadata
	// Body is the whole body; empty when there was none.
	Body []byte
}

// Call sends a request in the way that every operation is sent: signed, with
// retries and by the options of the client. A response with a status other than 2xx
// is an [*APIError].
func (c *Client) Call(ctx context.Context, in RawRequest, opts ...CallOption) (*RawResponse, error) {
	if err := in.check(); err != nil {
		return nil, fmt.Errorf("%s: call %q: %w", c.service.Name, oneline.Of(in.Operation, maxShownCode), err)
	}
	op := &Operation{Name: in.Operation, Method: in.Method, Path: in.Path, Response: responseRaw, Retry: in.Retry}
	if in.Retry == RetryUnsafe && (in.Method == http.MethodGet || in.Method == http.MethodHead) {
		op.Retry = RetryIdempotent
	}
	req := NewRequest(op, nil)
	for name, value := range in.PathParams {
		req.Path(name, value)
	}
	for name, value := range in.Query {
		req.Query(name, value)
	}
	if raw, ok := in.Body.([]byte); !ok {
		req.Body(in.Body)
	} else if raw != nil {
		req.body, req.hasBody, req.bodyValue = raw, true, jsontext.Value(raw)
	}
	all := make([]CallOption, 0, len(in.Header)+len(opts))
	for name, value := range in.Header {
		all = append(all, CallHeader(name, value))
	}
	out := new(RawResponse)
	if err := c.Do(ctx, req, &out.Body, &out.Metadata, append(all, opts...)); err != nil {
		return nil, err
	}
	return out, nil
}

func (r *RawRequest) check() error {
	switch {
	case r.Operation == "" || !validHeaderValue(r.Operation):
		return errors.New("operation is no name: want the one in the documents, such as DescribeClusterDetail")
	case canonicalHeader(r.Method) == "" || strings.ToUpper(r.Method) != r.Method:
		return fmt.Errorf("method %q is malformed: want upper case", r.Method)
	}
	return nil
}
