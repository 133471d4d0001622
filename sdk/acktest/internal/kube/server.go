package kube

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

// maxHeader is how many bytes the head of a request may have.
const maxHeader = 64 << 10

// A Server serves the API of one cluster over mutual TLS, on the loopback
// interface. It listens from when its URL is asked for the first time, so that
// a cluster that nobody connects to costs nothing. Make one with [NewServer]. It is safe
// for concurrent use.
type Server struct {
	mu        sync.Mutex
	api       *API
	authority *pki.Authority
	address   string
	url       string
	closed    bool
	http      *http.Server
	done      chan struct{} // closed when the server has stopped
}

// NewServer returns a server that will listen at that address, such as
// 127.0.0.1:6443. An empty one, or one that others use by then, is replaced by
// a free port of 127.0.0.1.
func NewServer(api *API, authority *pki.Authority, address string) *Server {
	return &Server{api: api, authority: authority, address: address}
}

// URL returns the URL of the API server, and makes the server listen.
func (s *Server) URL() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", errors.New("serve the API of a cluster: the cluster is gone")
	}
	if s.url == "" {
		if err := s.listen(); err != nil {
			return "", fmt.Errorf("serve the API of a cluster: %w", err)
		}
	}
	return s.url, nil
}

// Continue makes the server serve another API of the same cluster, and reports
// whether it does: it listens at that address, and its certificate is one of
// that authority. The API from before ends, and no connection does.
func (s *Server) Continue(api *API, authority *pki.Authority, address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.url == "" || s.address != address || !bytes.Equal(s.authority.CA(), authority.CA()) {
		return false
	}
	s.api.Close()
	s.api, s.authority = api, authority
	return true
}

// Address returns where the server listens, or where it would be told to.
func (s *Server) Address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.address
}

func (s *Server) listen() error {
	certificate, err := s.authority.Server(
		[]string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"},
		[]net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	)
	if err != nil {
		return err
	}
	listener, err := listenAt(s.address)
	if err != nil {
		return err
	}
	s.address = listener.Addr().String()
	s.url = "https://" + s.address
	s.done = make(chan struct{})
	s.http = &http.Server{
		Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // clients may do what they like
		// Certificates of clients are checked for each request, by the clock of the fake.
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, ClientAuth: tls.RequestClientCert, MinVersion: tls.VersionTLS12},
	}
	go func() {
		defer close(s.done)
		_ = s.http.ServeTLS(listener, "", "") // it returns when the server is closed
	}()
	return nil
}

// listenAt listens at an address if it is free, or else at any port.
func listenAt(address string) (net.Listener, error) {
	var config net.ListenConfig
	if address != "" {
		if listener, err := config.Listen(context.Background(), "tcp", address); err == nil {
			return listener, nil
		}
	}
	return config.Listen(context.Background(), "tcp", "127.0.0.1:0")
}

// serve responds to those who show a certificate of the cluster.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	api, authority := s.api, s.authority
	s.mu.Unlock()
	user, err := authority.Verify(r.TLS.PeerCertificates, api.now())
	if err != nil {
		writeFailure(w, failed(http.StatusUnauthorized, "Unauthorized", "Unauthorized"))
		return
	}
	api.ServeHTTP(w, r.WithContext(WithUser(r.Context(), user)))
}

// Close ends the API, all connections and the listener. It may be called more than once.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.api.Close()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.http == nil {
		return nil
	}
	err := s.http.Close()
	<-s.done
	return err
}
