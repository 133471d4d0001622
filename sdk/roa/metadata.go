package roa

import "net/http"

// Metadata is what a response holds beside its value.
type Metadata struct {
	// RequestID identifies the request in the service's logs. It is empty when
	// the service sent none.
	RequestID string
	// StatusCode is the HTTP status, such as 200.
	StatusCode int
	// Header holds the header fields of the response.
	Header http.Header
	// Lost are the JSON pointers of the values, such as "/nodes/0/maintenance", that
	// the response holds in a form that the declared type cannot take: their
	// fields are zero, which is not what the service said. It is nil for most
	// responses, has at most 100 pointers, and each is cut after 1 KiB. What a program
	// needs to go on, such as the list of a page, is never lost: the call
	// fails with a [DecodeError].
	Lost []string
}
