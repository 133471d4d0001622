package roa

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// Classes of errors, for [errors.Is]. The class of an [APIError] follows from
// its code where the code is known, else from its message or its status.
var (
	// ErrNotFound means that the resource does not exist, or no longer does.
	ErrNotFound = errors.New("not found")
	// ErrThrottled means that there were too many requests; nothing was done.
	ErrThrottled = errors.New("throttled")
	// ErrConflict means that the resource is in a state, or has a name, that the
	// request conflicts with.
	ErrConflict = errors.New("conflict")
	// ErrForbidden means that the caller may not do this.
	ErrForbidden = errors.New("forbidden")
	// ErrUnauthenticated means that the key, the token or the signature was not
	// accepted.
	ErrUnauthenticated = errors.New("unauthenticated")
	// ErrInvalid means that the service, or the validation of [WithValidation],
	// refused the request as wrong.
	ErrInvalid = errors.New("invalid request")
	// ErrServer means that the service failed.
	ErrServer = errors.New("server error")
)

// maxBodyKept is how much of a body an [APIError] keeps.
const maxBodyKept = 4 << 10

// APIError is a response with a status other than 2xx. [errors.Is]
// matches its class, as [ErrNotFound] and its siblings, and its [Code].
type APIError struct {
	// Service is the short name of the service, such as "ack".
	Service string
	// Operation is the name of the operation that failed.
	Operation string
	// StatusCode is the HTTP status.
	StatusCode int
	// Code is the error code of the service, such as "ErrorClusterNotFound". It
	// is empty when the body held none.
	Code string
	// Message is what the service says about the error, and may have many lines.
	// It is empty when the body held none.
	Message string
	// RequestID identifies the request in the service's logs.
	RequestID string
	// Attempts is how often the client sent the request. What net/http sends again by
	// itself does not count; see [Attempt].
	Attempts int
	// AccessDeniedDetail says which permission was missing, as far as the service
	// told. It is nil for most errors.
	AccessDeniedDetail map[string]any
	// Header holds the header fields of the response.
	Header http.Header
	// Body is the start of the body, at most 4 KiB, whatever it is. The
	// credentials and every [Secret] of the request are replaced in it, and in all
	// other fields.
	Body []byte
}

// Error returns one line with the operation, the status, the code, the
// message, the number of attempts and the request id.
func (e *APIError) Error() string {
	var b strings.Builder
	if e.Service != "" {
		b.WriteString(e.Service)
		b.WriteString(": ")
	}
	b.WriteString(e.Operation)
	b.WriteString(": ")
	e.writeDetail(&b)
	b.WriteString(attemptsSuffix(e.Attempts))
	b.WriteString(requestSuffix(e.RequestID))
	return b.String()
}

// writeDetail writes what the service said.
func (e *APIError) writeDetail(b *strings.Builder) {
	b.WriteString(strconv.Itoa(e.StatusCode))
	b.WriteByte(' ')
	switch {
	case e.Code != "":
		b.WriteString(oneline.Of(e.Code, maxShownCode))
	default:
		b.WriteString(statusText(e.StatusCode))
	}
	if e.StatusCode == http.StatusProxyAuthRequired {
		b.WriteString(proxyAsks)
	}
	switch {
	case e.Message != "":
		b.WriteString(": ")
		b.WriteString(oneline.Of(e.Message, maxShownMessage))
	case e.Code == "":
		b.WriteString(": responded with ")
		b.WriteString(sniff(e.Body))
	}
}

// newAPIError makes the error of a response, whatever its body is, without the secrets
// that the service may have quoted: it shows what it wanted to see signed.
func newAPIError(service *Service, op *Operation, resp *http.Response, body []byte, hide *masker) *APIError {
	found, clean := scanEnvelope(body), hide.withoutFound(body)
	if !jsontext.Value(body).IsValid(syntaxOptions) {
		found = scanEnvelope(clean) // a mark in a secret may end a text early, so that only a half is found
	}
	body = clean
	e := &APIError{
		Service:            service.Name,
		Operation:          op.Name,
		StatusCode:         resp.StatusCode,
		Code:               hide.cleanCode(found.code),
		Message:            hide.clean(found.message),
		RequestID:          resp.Header.Get(keyRequestID),
		Attempts:           1,
		AccessDeniedDetail: hide.cleanObject(found.accessDenied),
		Header:             hide.cleanHeader(resp.Header),
		Body:               bytes.Clone(body[:min(len(body), maxBodyKept)]),
	}
	if e.RequestID == "" {
		e.RequestID = found.requestID
	}
	e.RequestID = hide.clean(e.RequestID)
	return e
}

// transportError marks an error of the connection or the transport. Its text is
// that of its cause.
type transportError struct{ cause error }

func (e *transportError) Error() string { return e.cause.Error() }

func (e *transportError) Unwrap() error { return e.cause }

// readError is a failure in the body of a response that began well.
type readError struct {
	requestID string
	cause     error
}

func (e *readError) Error() string {
	return "read response" + requestSuffix(e.requestID) + ": " + e.cause.Error()
}

func (e *readError) Unwrap() error { return e.cause }

// contextError makes sure that the error of a call whose context ended can be
// matched with the context's error, also when the context has a cause of its own.
func contextError(ctx context.Context, err error) error {
	ctxErr := ctx.Err()
	if err == nil || ctxErr == nil || errors.Is(err, ctxErr) {
		return err
	}
	return fmt.Errorf("%w: %w", ctxErr, err)
}
