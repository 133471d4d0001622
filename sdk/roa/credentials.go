package roa

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Credentials are what a request is signed with. They print as [REDACTED].
type Credentials struct {
	// AccessKeyID names the key. Required.
	AccessKeyID string
	// AccessKeySecret is the key. Required.
	AccessKeySecret Secret
	// SecurityToken comes with temporary (STS) credentials, and is empty for
	// permanent ones.
	SecurityToken Secret
}

// String returns [REDACTED].
func (c Credentials) String() string { return redacted }

// GoString returns [REDACTED].
func (c Credentials) GoString() string { return redacted }

// Format writes [REDACTED] whatever the verb is.
func (c Credentials) Format(f fmt.State, _ rune) { writeRedacted(f) }

// MarshalJSON returns the JSON string [REDACTED].
func (c Credentials) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText returns [REDACTED].
func (c Credentials) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalBinary returns [REDACTED], for encoding/gob and its likes.
func (c Credentials) MarshalBinary() ([]byte, error) { return []byte(redacted), nil }

// check reports what is missing, and header fields that could not be sent.
func (c Credentials) check() error {
	switch {
	case c.AccessKeyID == "":
		return errors.New("access key id is missing")
	case c.AccessKeySecret == "":
		return errors.New("access key secret is missing")
	case !validHeaderValue(c.AccessKeyID):
		return errors.New("access key id holds a character that cannot be sent")
	case !validHeaderValue(string(c.SecurityToken)):
		return errors.New("security token holds a character that cannot be sent")
	case c.AccessKeySecret.checkMask() != nil:
		return fmt.Errorf("access key secret %w", errMask)
	case c.SecurityToken.checkMask() != nil:
		return fmt.Errorf("security token %w", errMask)
	}
	return nil
}

// CredentialsProvider gives the credentials of a request. It is asked before
// every request is signed, by many goroutines at once, and should return from
// memory as long as its credentials are fresh. The context is that of the
// call. Its errors are wrapped; only of an [APIError] no more than the text is
// kept, as it would pass for a refusal of the operation.
type CredentialsProvider interface {
	Credentials(ctx context.Context) (Credentials, error)
}

// CredentialsFunc makes a function a [CredentialsProvider].
type CredentialsFunc func(ctx context.Context) (Credentials, error)

// Credentials calls f.
func (f CredentialsFunc) Credentials(ctx context.Context) (Credentials, error) { return f(ctx) }

// StaticCredentials returns a provider that always gives the same access key.
// The token is that of temporary (STS) credentials; "" means none. White space
// around the values is removed, as keys are often read from files. A missing
// id or secret is reported by [NewClient].
func StaticCredentials(id, secret, token string) CredentialsProvider {
	c := Credentials{
		AccessKeyID:     strings.TrimSpace(id),
		AccessKeySecret: Secret(strings.TrimSpace(secret)),
		SecurityToken:   Secret(strings.TrimSpace(token)),
	}
	// A closure, and not a field: reflection cannot print what it holds.
	return &staticCredentials{get: func() Credentials { return c }}
}

type staticCredentials struct{ get func() Credentials }

func (s *staticCredentials) Credentials(context.Context) (Credentials, error) { return s.get(), nil }

func (s *staticCredentials) check() error { return s.get().check() }

// Format writes [REDACTED] whatever the verb is.
func (s *staticCredentials) Format(f fmt.State, _ rune) { writeRedacted(f) }
