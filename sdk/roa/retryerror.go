package roa

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// RetryError is the failure of a call that was tried again, when it did not
// end with a response of the service: the connection failed in the last attempt, or
// the context ended between two. A call that ended with a response returns an
// [*APIError] that holds the number of attempts itself.
//
// [errors.Is] and [errors.As] find both errors.
type RetryError struct {
	// Attempts is how often the client sent the request. What net/http sends again by
	// itself does not count; see [Attempt].
	Attempts int
	// Err is what ended the call.
	Err error
	// Last is what the service responded to an earlier attempt, an [*APIError], or,
	// when it never responded, how the earlier attempt failed.
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
		b.WriteString("; last response: ")
		last.writeDetail(&b)
		b.WriteString(requestSuffix(last.RequestID))
	default:
		if text := last.Error(); text != cause {
			b.WriteString("; before: ")
			b.WriteString(oneline.Of(text, maxShownMessage))
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
