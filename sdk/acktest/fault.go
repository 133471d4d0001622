package acktest

import (
	"fmt"
	"net/http"
)

// maxFaultText bounds, in bytes, the text of a fault that quotes names a caller
// chose.
const maxFaultText = 500

// A fault is a refusal: the status and the body of an error response.
type fault struct {
	status  int
	code    string
	message string
}

// faultf makes a fault. The message must not hold a secret or a value from a body.
func faultf(status int, code, format string, args ...any) *fault {
	return &fault{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

// badRequest is the usual fault: status 400.
func badRequest(code, format string, args ...any) *fault {
	return faultf(http.StatusBadRequest, code, format, args...)
}
