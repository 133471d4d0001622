package kubeconfig

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/ackgen/ackgen/internal/privatefile"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Config is a checked kubeconfig. Make one with [Parse] or a [Source]. It does
// not change and is safe for concurrent use. It prints as the address of its
// API server, never with its key.
type Config struct {
	cluster   cluster
	user      user
	namespace string
	expires   time.Time
	text      roa.Secret

	once  sync.Once
	trips *transport
}

// BaseURL returns the address of the API server, such as
// https://203.0.113.10:6443, without a slash at the end.
func (c *Config) BaseURL() string { return c.cluster.server.String() }

// Namespace returns the namespace of the context, or "default".
func (c *Config) Namespace() string {
	if c.namespace == "" {
		return "default"
	}
	return c.namespace
}

// Expires returns when the kubeconfig stops working: the end of the client
// certificate or, if that is sooner, the expiration that ACK named. It is the
// zero time for a token, whose end is not known.
func (c *Config) Expires() time.Time { return c.expires }

// CA returns the certificates that sign that of the API server, in PEM.
func (c *Config) CA() []byte { return bytes.Clone(c.cluster.ca) }

// Certificate returns the client certificate in PEM, or nil if there is none.
func (c *Config) Certificate() []byte { return bytes.Clone(c.user.certPEM) }

// Key returns the key of the client certificate in PEM, or "" if there is none.
func (c *Config) Key() roa.Secret { return c.user.keyPEM }

// Token returns the bearer token, or "" if there is none.
func (c *Config) Token() roa.Secret { return c.user.bearer }

// ServerName returns the name that the certificate of the API server must have,
// or "" if that is the host of the base URL.
func (c *Config) ServerName() string { return c.cluster.serverName }

// TLSConfig returns a new TLS configuration: it accepts only an API server with
// a certificate from the kubeconfig's authority, and shows it the client
// certificate. The versions are TLS 1.2 and 1.3.
func (c *Config) TLSConfig() *tls.Config {
	conf := &tls.Config{RootCAs: c.cluster.roots.Clone(), ServerName: c.cluster.serverName, MinVersion: tls.VersionTLS12}
	if len(c.user.certificate.Certificate) > 0 {
		conf.Certificates = []tls.Certificate{c.user.certificate}
	}
	return conf
}

// HTTPClient returns a client for the API server. It refuses requests to any
// other host, as they would carry the credentials, and follows no redirects. Its
// proxies are those of net/http. It has no time limit, as a watch may last for hours: give
// requests a context. All clients of a Config share their connections.
func (c *Config) HTTPClient() *http.Client { return newClient(c.roundTripper()) }

// WriteFile writes the kubeconfig to a file that only its owner can read. The
// file is complete or not there: it is written under another name and renamed.
// A file of that name is replaced, whatever its permissions; a symbolic link is
// replaced, not followed.
func (c *Config) WriteFile(path string) error {
	if err := privatefile.Write(path, []byte(c.text.Reveal())); err != nil {
		return fmt.Errorf("write kubeconfig: %w", err)
	}
	return nil
}

// String returns the address of the API server.
func (c *Config) String() string {
	if c == nil || c.cluster.server == nil {
		return "empty kubeconfig"
	}
	return "kubeconfig for " + c.BaseURL()
}

// GoString returns the same as String.
func (c *Config) GoString() string { return c.String() }

// Format writes the same as String whatever the verb is.
func (c *Config) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue returns the same as String.
func (c *Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// expires returns the end of the client certificate.
func (u *user) expires() time.Time {
	if u.certificate.Leaf == nil {
		return time.Time{}
	}
	return u.certificate.Leaf.NotAfter
}

func newClient(rt http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     rt,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (c *Config) roundTripper() *transport {
	c.once.Do(func() {
		c.trips = &transport{
			server: c.cluster.server,
			token:  c.user.bearer,
			base: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
				TLSClientConfig:     c.TLSConfig(),
				TLSHandshakeTimeout: 10 * time.Second,
				ForceAttemptHTTP2:   true,
				// Headers of an API server are short. Decoded, one can take up 70 times its length.
				MaxResponseHeaderBytes: 256 << 10,
				MaxIdleConnsPerHost:    16,
				IdleConnTimeout:        90 * time.Second,
				ExpectContinueTimeout:  time.Second,
			},
		}
	})
	return c.trips
}

// transport sends requests to one API server.
type transport struct {
	server *url.URL
	token  roa.Secret
	base   *http.Transport
}

// RoundTrip sends a request.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "https" || address(req.URL) != address(t.server) {
		closeBody(req)
		return nil, errors.New("send request: it is not for the API server of the kubeconfig")
	}
	if t.token != "" && req.Header.Get("Authorization") == "" {
		req = req.Clone(req.Context())
		req.Header.Set("Authorization", "Bearer "+t.token.Reveal())
	}
	return t.base.RoundTrip(req)
}

// CloseIdleConnections closes the connections that are not in use.
func (t *transport) CloseIdleConnections() { t.base.CloseIdleConnections() }

// address returns host and port.
func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "443"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// closeBody does what a RoundTripper must also do when it fails.
func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}
