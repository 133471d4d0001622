// Package fault holds what the fake server refuses requests with.
//
// It may import the standard library only.
package fault

import (
	"fmt"
	"net/http"
)

// MaxText bounds, in bytes, the text of a fault that quotes names a caller chose.
const MaxText = 500

// A Fault is a refusal: the status and the body of an error response. It is an error.
type Fault struct {
	Status  int
	Code    string
	Message string
	// Header is added to the headers of the response.
	Header http.Header
	// AccessDenied says which permission is missing; nil for most faults.
	AccessDenied map[string]any
}

// New makes a fault. The message must not hold a secret or a value from a body.
func New(status int, code, format string, args ...any) *Fault {
	return &Fault{Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

// BadRequest is the usual fault: status 400.
func BadRequest(code, format string, args ...any) *Fault {
	return New(http.StatusBadRequest, code, format, args...)
}

// Error returns the code and the message.
func (f *Fault) Error() string { return f.Code + ": " + f.Message }
