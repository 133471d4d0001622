package roa

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"
)

// Client sends the operations of one service. Its configuration does not change
// after it was made; it is safe for concurrent use.
type Client struct {
	service     Service
	route       route
	scheme      string
	host        string
	credentials CredentialsProvider
	signature   Signature
	http        *http.Client
	transport   http.RoundTripper // below all middleware
	userAgent   string
	maxResponse int64
	template    *http.Request
	retry       RetryPolicy // nil: one attempt
	budget      *retryBudget
	limiter     RateLimiter
	sleep       sleepFunc                         // nil is real time
	validate    func(op *Operation, in any) error // nil: requests are not checked
	newDrifts   func() driftLogger                // nil: nobody looks for drift
	watchers    []func(Attempt)
	dump        dumper // nil: no dump
	// skew is what the service's clock is ahead of this machine's, in
	// nanoseconds.
	skew *atomic.Int64

	// Replaced in tests only.
	now   func() time.Time
	nonce func() string
}

// NewClient makes a client of a service. It reports every missing or malformed
// option at once. It does not use the network.
//
// For generated code: programs call New of their client package, which calls it.
func NewClient(service *Service, opts ...Option) (*Client, error) {
	s := settings{retry: DefaultRetryPolicy{}}
	for _, opt := range opts {
		if opt != nil {
			opt(&s)
		}
	}
	if s.maxResponse <= 0 {
		s.maxResponse = DefaultMaxResponseSize
	}
	s.maxResponse = min(s.maxResponse, math.MaxInt64-1) // one byte more is read
	scheme, host, endpointErr := s.resolve(service)
	hc, transport, transportErr := newHTTPClient(&s)
	if err := joinLine(endpointErr, s.checkCredentials(), s.checkRest(), transportErr, s.err); err != nil {
		return nil, fmt.Errorf("%s: create client: %w", service.Name, err)
	}
	return &Client{
		service:     *service,
		route:       s.route,
		scheme:      scheme,
		host:        host,
		credentials: s.credentials,
		signature:   s.signature,
		http:        hc,
		transport:   transport,
		userAgent:   userAgent(s.userAgent),
		maxResponse: s.maxResponse,
		template:    newTemplate(host),
		retry:       s.retry,
		budget:      s.budget,
		limiter:     s.limiter,
		sleep:       s.sleep,
		validate:    s.validate,
		newDrifts:   s.newDrifts,
		watchers:    s.watchers(),
		dump:        s.dump,
		skew:        new(atomic.Int64),
		now:         time.Now,
		nonce:       newNonce,
	}, nil
}

// newTemplate returns what all requests to a host have in common.
func newTemplate(host string) *http.Request {
	return &http.Request{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Host: host}
}

func (s *settings) checkCredentials() error {
	if s.credentials == nil {
		return errors.New("credentials are missing: use WithCredentials")
	}
	checker, ok := s.credentials.(interface{ check() error })
	if !ok {
		return nil
	}
	if err := checker.check(); err != nil {
		return fmt.Errorf("credentials are incomplete: %w", err)
	}
	return nil
}

func (s *settings) checkRest() error {
	switch {
	case !validHeaderValue(s.userAgent):
		return errors.New("user agent holds a control character")
	case s.signature != ACS3HMACSHA256 && s.signature != ROAHMACSHA1:
		return fmt.Errorf("signature %d is unknown", s.signature)
	}
	return nil
}

// userAgent returns the value of the User-Agent header.
func userAgent(suffix string) string {
	ua := "ackgen/" + Version + " (go; " + runtime.GOOS + "/" + runtime.GOARCH + "; " + runtime.Version() + ")"
	if suffix != "" {
		ua += " " + suffix
	}
	return ua
}

// newNonce returns 128 random bits. It allocates once and cannot fail:
// crypto/rand ends the program when the system has no randomness.
func newNonce() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:])
	var text [32]byte
	hex.Encode(text[:], raw[:])
	return string(text[:])
}

// NewToken returns a random text for a client token, which makes it safe to send
// a request of class [RetryToken] again.
//
// For generated code: methods of clients call it when the caller has set no token.
func (c *Client) NewToken() string { return c.nonce() }

// Format describes the client in one line, without anything secret, whatever the
// verb is.
func (c *Client) Format(f FormatState, _ rune) {
	_, _ = io.WriteString(f, "roa.Client("+c.service.Name+" at "+c.scheme+"://"+c.host+")")
}

// NilRequest returns the error of a call whose request is nil.
//
// For generated code: methods of clients call it.
func (c *Client) NilRequest(op *Operation) error {
	return c.opError(op, errors.New("request is nil"))
}

// opError puts service and operation in front of an error, unless it names
// them itself.
func (c *Client) opError(op *Operation, err error) error {
	if apiErr, ok := err.(*APIError); ok { //nolint:errorlint // only an unwrapped one has the prefix
		return apiErr
	}
	return fmt.Errorf("%s: %s: %w", c.service.Name, op.Name, err)
}
