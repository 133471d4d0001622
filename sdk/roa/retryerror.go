package roa

import (
	"strings"
)

// RetryError is the failure of a call that was tried again, when it did not
// end with an answer of the service: the connection failed in the last attempt, or
// the context ended between two. A call that ended with an answer returns an
// [*APIError] that holds the number of attempts itself.
//
// [errors.Is] and [errors.As] find both errors.
type RetryError struct {
	// Attempts is how often the request was sent.
	Attempts int
	// Err is what ended the call.
	Err error
	// Last is what the service answered to an earlier attempt, an [*APIError], or,
	// when it never answered, how the earlier attempt failed.
	Last error
}

// Error returns one line with the cause, the number of attempts and, where it
// says more, the earlier failure.
func (e *RetryError) Error() string {
	var b strings.Builder
	cause := e.Err.Error()
	b.WriteString(cause)
	b.WriteString(attemptsSuffix(e.Attempts))
	switch last := e.Last.(type) { //nolint:errorlint // holds one error without layers around it
	case nil:
	case *APIError:
		b.WriteString("; last answer: ")
		last.writeDetail(&b)
		b.WriteString(requestSuffix(last.RequestID))
	default:
		if text := last.Error(); text != cause {
			b.WriteString("; before: ")
			b.WriteString(text)
		}
	}
	return b.String()
}

// Unwrap returns both errors.
func (e *RetryError) Unwrap() []error {
	if e.Last == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Last}
}

// history is what a call remembers of its earlier attempts.
type history struct {
	answer *APIError
	last   error
	skewed bool // an attempt was made because the clock was corrected
}

func (h *history) add(err error) {
	h.last = err
	if apiErr, ok := err.(*APIError); ok { //nolint:errorlint // made by receive, which does not wrap it
		h.answer = apiErr
	}
}

// finish returns the error of a call after so many attempts.
func (h *history) finish(err error, attempts int) error {
	if _, ok := err.(*APIError); ok || h.last == nil { //nolint:errorlint // made by receive, which does not wrap it
		return err
	}
	if h.answer != nil {
		last := *h.answer // a hook may have kept the answer
		last.Attempts = attempts
		return &RetryError{Attempts: attempts, Err: err, Last: &last}
	}
	return &RetryError{Attempts: attempts, Err: err, Last: h.last}
}
