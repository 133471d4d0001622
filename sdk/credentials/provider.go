package credentials

import (
	"context"
	"errors"
	"strings"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Provider gives credentials from one place. It is safe for concurrent use.
// Make one with the functions of this package; the zero value has none to give.
type Provider struct {
	name string
	get  func(context.Context) (roa.Credentials, error)
}

var _ roa.CredentialsProvider = (*Provider)(nil)

// Credentials returns the current credentials. It takes them from memory while
// they are fresh, and an error for a while after a failure. Its error is an [*Error] or a [*ChainError].
func (p *Provider) Credentials(ctx context.Context) (roa.Credentials, error) {
	if p == nil || p.get == nil {
		return roa.Credentials{}, &Error{Provider: "empty provider", Err: errors.New("it was not made by a function of this package")}
	}
	c, err := p.get(ctx)
	switch {
	case err == nil:
		return c, nil
	case p.name == "": // a chain: its members have named themselves
		return roa.Credentials{}, err
	}
	return roa.Credentials{}, &Error{Provider: p.name, Err: err}
}

// ErrNotConfigured matches, with [errors.Is], the error of a provider that found
// nothing to begin with: no variable, no file, no metadata service. A chain goes
// on to its next provider then. After any other error it stops, as it would
// otherwise use credentials that nobody meant.
var ErrNotConfigured = errors.New("not configured")

// Error tells which provider had no credentials, and why.
type Error struct {
	// Provider is the name of the provider, such as "environment".
	Provider string
	// Err is the cause.
	Err error
}

// Error returns the provider and the cause.
func (e *Error) Error() string { return "get credentials from " + e.Provider + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ChainError tells what every provider of a chain that was tried had to say.
type ChainError struct {
	// Chain is the name of the chain, such as "default chain".
	Chain string
	// Attempts are the errors in the order of the providers. All but perhaps the
	// last match [ErrNotConfigured].
	Attempts []error
}

// Error returns everything that was tried in one line.
func (e *ChainError) Error() string {
	var b strings.Builder
	b.WriteString("get credentials from " + e.Chain + ": ")
	for i, err := range e.Attempts {
		if i > 0 {
			b.WriteString("; ")
		}
		if one, ok := errors.AsType[*Error](err); ok {
			b.WriteString(one.Provider + ": " + one.Err.Error())
		} else {
			b.WriteString(err.Error())
		}
	}
	return b.String()
}

// Unwrap returns the attempts.
func (e *ChainError) Unwrap() []error { return e.Attempts }

// absentError is a cause that matches [ErrNotConfigured].
type absentError struct{ text string }

func absent(text string) error { return &absentError{text} }

func (e *absentError) Error() string { return e.text }

func (e *absentError) Is(target error) bool { return target == ErrNotConfigured }
