package roa

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"time"
)

// Client sends the operations of one service. It does not change after it was
// made and is safe for concurrent use.
type Client struct {
	service     Service
	scheme      string
	host        string
	region      string
	credentials CredentialsProvider
	signature   Signature
	http        *http.Client
	userAgent   string
	maxResponse int64
	template    *http.Request
	decoder     decoder

	// Replaced in tests only.
	now   func() time.Time
	nonce func() string
}

// NewClient makes a client of a service. It reports every missing or malformed
// option at once. It does not use the network.
func NewClient(service *Service, opts ...Option) (*Client, error) {
	s := settings{}
	for _, opt := range opts {
		if opt != nil {
			opt(&s)
		}
	}
	if s.maxResponse <= 0 {
		s.maxResponse = DefaultMaxResponseSize
	}
	scheme, host, endpointErr := resolveEndpoint(service, &s)
	if err := joinLine(endpointErr, s.checkCredentials(), s.checkRest()); err != nil {
		return nil, fmt.Errorf("%s: create client: %w", service.Name, err)
	}
	return &Client{
		service:     *service,
		scheme:      scheme,
		host:        host,
		region:      s.region,
		credentials: s.credentials,
		signature:   s.signature,
		http:        newHTTPClient(s.httpClient),
		userAgent:   userAgent(s.userAgent),
		maxResponse: s.maxResponse,
		template:    &http.Request{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Host: host},
		now:         time.Now,
		nonce:       newNonce,
	}, nil
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

// joinLine joins errors into one with a text of one line.
func joinLine(errs ...error) error {
	var all error
	for _, err := range errs {
		switch {
		case err == nil:
		case all == nil:
			all = err
		default:
			all = fmt.Errorf("%w; %w", all, err)
		}
	}
	return all
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

// Format describes the client in one line, without anything secret, whatever the
// verb is.
func (c *Client) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "roa.Client("+c.service.Name+" at "+c.scheme+"://"+c.host+")")
}

// NilRequest returns the error of a call whose request is nil.
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

// newHTTPClient returns a client that never follows a redirect: the signature
// is for one host and path, and another host must not see it.
func newHTTPClient(base *http.Client) *http.Client {
	hc := http.Client{}
	if base != nil {
		hc = *base
	} else {
		hc.Transport = newTransport()
	}
	if hc.Transport == nil {
		hc.Transport = http.DefaultTransport //nolint:forbidigo // what the caller asks for by a client without a transport
	}
	hc.Transport = lastResponse{hc.Transport}
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &hc
}

// lastResponse hides a Location that cannot be parsed. With it, net/http would
// give up on the answer before it asks whether to follow.
type lastResponse struct{ base http.RoundTripper }

func (t lastResponse) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.base.RoundTrip(req)
	if err != nil || resp.StatusCode/100 != 3 {
		return resp, err
	}
	if _, err := req.URL.Parse(resp.Header.Get("Location")); err != nil {
		resp.Header.Del("Location")
	}
	return resp, nil
}

// newTransport returns a transport with limits on every phase but the answer's
// body, which the context limits.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          64,
		MaxIdleConnsPerHost:   16,
		IdleConnTimeout:       60 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 60 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

// contextError makes sure that the error of a call whose context ended can be
// matched with the context's error, also when the context has a cause of its own.
func contextError(ctx context.Context, err error) error {
	ctxErr := ctx.Err()
	if err == nil || ctxErr == nil || errors.Is(err, ctxErr) {
		return err
	}
	return fmt.Errorf("%w: %w", ctxErr, err)
}
