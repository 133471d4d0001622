package credentials

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

var (
	codeText = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,99}$`)
	idText   = regexp.MustCompile(`^[A-Fa-f0-9-]{8,64}$`)
)

// statusError is a response with a status other than 200.
type statusError struct {
	status          int
	code, requestID string
}

func (e *statusError) Error() string {
	text := "the service responded with status " + strconv.Itoa(e.status)
	if e.code != "" {
		text += ", code " + e.code
	}
	if e.requestID != "" {
		text += ", request id " + e.requestID
	}
	return text
}

// networkError is a failure to reach the service.
type networkError struct{ err error }

// unreachable makes a networkError of what is safe to show: the text of a url.Error has the
// URL, which may have a signature, and others have a part of the response.
func unreachable(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return &networkError{op}
	}
	if certificate, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &networkError{certificate}
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded, io.ErrUnexpectedEOF, io.EOF, http.ErrSchemeMismatch} {
		if errors.Is(err, known) {
			return &networkError{known}
		}
	}
	return &networkError{errors.New("the response is not one of HTTP")}
}

func (e *networkError) Error() string { return "reach the service: " + oneline.Of(e.err.Error(), 200) }

func (e *networkError) Unwrap() error { return e.err }
