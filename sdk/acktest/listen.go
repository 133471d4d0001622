package acktest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
)

// WithListener makes the server accept connections from a listener instead of a free port of the loopback interface. A server that has started closes it.
// Whoever can reach its address and has an AccessKey can change the state of the server. nil is an error.
func WithListener(l net.Listener) Option {
	return func(c *config) error {
		if l == nil {
			return errors.New("acktest.WithListener: the listener is nil")
		}
		c.listener = l
		return nil
	}
}

// WithPlainHTTP makes the server speak HTTP without TLS: its URL starts with http://, and clients other than those with [Server.Options] need
// [roa.WithPlainHTTP]. Whoever sees the network can read the responses, which hold kubeconfigs.
func WithPlainHTTP() Option {
	return func(c *config) error {
		c.plain = true
		return nil
	}
}

// WithCertificate makes the server use this certificate with its key, in place of one for 127.0.0.1 that only [Server.HTTPClient] trusts. That client
// trusts the first certificate of the chain. A chain without a certificate is an error, as is [WithPlainHTTP] beside it.
func WithCertificate(cert tls.Certificate) Option {
	return func(c *config) error {
		if len(cert.Certificate) == 0 {
			return errors.New("acktest.WithCertificate: there is no certificate")
		}
		c.certificate = &cert
		return nil
	}
}

// WithMiddleware wraps the handler of the server, such as with a response for health checks or a delay of every response. Given several times, the first
// sees requests first. Requests that a middleware responds to are neither recorded nor logged. nil is an error.
func WithMiddleware(wrap func(http.Handler) http.Handler) Option {
	return func(c *config) error {
		if wrap == nil {
			return errors.New("acktest.WithMiddleware: the function is nil")
		}
		c.middleware = append(c.middleware, wrap)
		return nil
	}
}

// WithLogger makes the server log every request at level Info, refused ones included, mistakes of its own at level Error, and connections that fail
// at level Warn. Records hold no secrets: no query, no header and no body. nil is an error.
func WithLogger(l *slog.Logger) Option {
	return func(c *config) error {
		if l == nil {
			return errors.New("acktest.WithLogger: the logger is nil")
		}
		c.logger = l
		return nil
	}
}

// logRequest writes a request to the log of the server. The context is that of nobody: requests are logged after they were served.
func (c *config) logRequest(r Request) {
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", r.Path), slog.String("operation", r.Operation), slog.String("region", r.Region),
		slog.String("caller", r.Caller), slog.Int("status", r.Status),
	}
	if r.ErrorCode != "" {
		attrs = append(attrs, slog.String("code", r.ErrorCode))
	}
	c.logger.LogAttrs(context.Background(), slog.LevelInfo, "request", append(attrs, slog.String("request_id", r.RequestID))...)
}

// idleConnections is how many connections the HTTP client of a server keeps for later requests: those of as many clients at the same time.
const idleConnections = 64

// serve starts to serve a handler.
func (c *config) serve(handler http.Handler) (*httptest.Server, error) {
	listener := c.listener
	if listener == nil {
		var err error
		if listener, err = new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("start fake server: %w", err)
		}
	}
	for _, wrap := range slices.Backward(c.middleware) {
		handler = wrap(handler)
	}
	ts := &httptest.Server{
		Listener: listener,
		Config:   gateway.NewServer(handler, c.logger),
	}
	if c.certificate != nil {
		ts.TLS = &tls.Config{Certificates: []tls.Certificate{*c.certificate}, MinVersion: tls.VersionTLS12}
	}
	if c.plain {
		ts.Start()
	} else {
		ts.StartTLS()
	}
	if transport, ok := ts.Client().Transport.(*http.Transport); ok {
		transport.MaxIdleConnsPerHost = idleConnections // a handshake of TLS costs more than any request
	}
	return ts, nil
}

// baseURL returns the URL of a server for clients on this machine. A server that listens on all addresses is reached at that of the loopback
// interface.
func baseURL(ts *httptest.Server) string {
	address, ok := ts.Listener.Addr().(*net.TCPAddr)
	if !ok || !address.IP.IsUnspecified() {
		return ts.URL
	}
	scheme := "http"
	if ts.TLS != nil {
		scheme = "https"
	}
	return fmt.Sprintf("%s://127.0.0.1:%d", scheme, address.Port)
}

// Shutdown stops the server like [Server.Close], but waits for the requests that are being served no longer than until the context ends. Then it
// breaks their connections off, and returns the error of the context.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.http.Config.Shutdown(ctx)
	if err != nil {
		// There is nobody left who needs to know which connection could not be closed.
		_ = s.http.Config.Close()
		err = fmt.Errorf("stop fake server: %w", err)
	}
	s.Close()
	return err
}
