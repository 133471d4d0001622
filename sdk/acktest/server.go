package acktest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/spec"
)

// A Server is a running fake server. It is safe for concurrent use.
type Server struct {
	// URL is the base URL of the server, https://127.0.0.1 with a port and no path unless an option says otherwise. Its certificate is trusted
	// only by the HTTP client in [Server.Options] and by the one of [Server.HTTPClient].
	URL string

	http      *httptest.Server
	plain     bool // without TLS
	spec      *gateway.Spec
	state     *world.State
	clusters  *clusterAPIs
	stop      context.CancelFunc
	journal   *journal
	faults    *faults
	overrides *overrides
	first     roa.CredentialsProvider
}

type config struct {
	credentials []gateway.Credential
	principals  map[string]principal // by AccessKey id
	now         func() time.Time
	spec        *gateway.Spec // nil is that of ACK
	examples    bool
	unsigned    bool
	clock       *world.Clock
	seed        uint64
	limits      []*limit
	faults      []Fault
	quota       world.Quota
	snapshot    []byte
	report      func(what string, err error)
	logger      *slog.Logger
	listener    net.Listener // nil is a free port of the loopback interface
	plain       bool
	certificate *tls.Certificate // nil is the one of httptest
	middleware  []func(http.Handler) http.Handler
}

// An Option changes a server that [NewServer] or [Start] is about to start.
type Option func(*config) error

// WithCredentials makes the server accept this AccessKey. With a token, it is a temporary one, and every request must carry the token.
// Given several times, the server accepts each, and [Server.Options] uses the first. Without this option and [WithUser] the server accepts one
// random AccessKey. An empty id or secret is an error.
func WithCredentials(id, secret, token string) Option {
	return func(c *config) error {
		if id == "" || secret == "" {
			return errors.New("acktest.WithCredentials: id or secret is empty")
		}
		return c.add(User{AccessKeyID: id, AccessKeySecret: secret, SecurityToken: token}, "acktest.WithCredentials")
	}
}

// WithDateClock sets the clock that decides which requests are stale: those whose date is more than 15 minutes off, in either direction. The
// default is [time.Now], by which clients date their requests, however fast the time of the server goes. The function must be safe for concurrent
// use. nil is an error.
func WithDateClock(now func() time.Time) Option {
	return func(c *config) error {
		if now == nil {
			return errors.New("acktest.WithDateClock: the function is nil")
		}
		c.now = now
		return nil
	}
}

// WithSpec makes the server a fake of another API: that of an OpenAPI 3 document in YAML or JSON, which refers to no other file. It is what a
// client was generated from, so the server reads in it what codegen reads. Operations without an operationId have the names that codegen gives
// them. An error says what is wrong with the document.
//
// Clients of that API take the options that [Server.Options] returns; [Server.Client] is for ACK.
func WithSpec(document []byte) Option {
	return func(c *config) error {
		var err error
		if c.spec, err = loadOnce(document); err != nil {
			return fmt.Errorf("acktest.WithSpec: %w", err)
		}
		return nil
	}
}

// loaded holds the specs that were loaded, by the hash of their text: every test starts a server.
var loaded struct {
	sync.Mutex

	specs map[[sha256.Size]byte]*gateway.Spec
}

func loadOnce(document []byte) (*gateway.Spec, error) {
	sum := sha256.Sum256(document)
	loaded.Lock()
	defer loaded.Unlock()
	if api := loaded.specs[sum]; api != nil {
		return api, nil
	}
	api, err := gateway.Load(document)
	if err != nil {
		return nil, err
	}
	if loaded.specs == nil {
		loaded.specs = make(map[[sha256.Size]byte]*gateway.Spec)
	}
	loaded.specs[sum] = api
	return api, nil
}

// NewServer starts a server on a free port of the loopback interface and closes it when the test ends. It fails the test when the
// server cannot start, when a response that was scripted with [Server.Respond] was never asked for, when a fault of [Server.Inject] never
// happened, and when a function that was set with [Server.Override] never responded.
func NewServer(t testing.TB, opts ...Option) *Server {
	t.Helper()
	report := func(c *config) error {
		c.report = func(what string, err error) { t.Errorf("acktest: %s: %v", what, err) }
		return nil
	}
	srv, err := Start(append(slices.Clip(opts), report)...)
	if err != nil {
		t.Fatalf("start fake server: %v", err)
	}
	t.Cleanup(func() {
		srv.Close()
		for _, operation := range srv.journal.unused() {
			t.Errorf("acktest: a response that was scripted for %s was never asked for", operation)
		}
		for _, target := range srv.faults.unused() {
			t.Errorf("acktest: a fault that was injected into %s never happened", target)
		}
		for _, operation := range srv.state.Failures() {
			t.Errorf("acktest: a change that was to fail next was never started by %s", operation)
		}
		for _, unused := range srv.overrides.registry.Unused() {
			t.Errorf("acktest: %s", unused)
		}
	})
	return srv
}

// Start starts a server on a free port of the loopback interface, for programs that have no test. The caller closes it.
func Start(opts ...Option) (*Server, error) {
	c := config{now: time.Now, clock: world.NewSteppedClock(time.Now().UTC().Truncate(time.Second)), seed: 1, logger: slog.New(slog.DiscardHandler)}
	for _, opt := range opts {
		if err := opt(&c); err != nil {
			return nil, err
		}
	}
	if c.plain && c.certificate != nil {
		return nil, errors.New("acktest: WithPlainHTTP and WithCertificate exclude each other")
	}
	if len(c.credentials) == 0 {
		if err := WithCredentials("acktest-"+rand.Text(), rand.Text(), "")(&c); err != nil {
			return nil, err
		}
	}
	b, err := c.newBehaviors()
	if err != nil {
		return nil, err
	}
	if c.spec == nil {
		if c.spec, err = bundled(); err != nil {
			return nil, err
		}
	}
	if err := c.checkLimits(); err != nil {
		return nil, err
	}
	return c.start(b)
}

// bundled loads the real spec once: it is large, and every test starts a server.
var bundled = sync.OnceValues(func() (*gateway.Spec, error) { return gateway.Load(spec.Bundle()) })

func (c *config) start(b *behaviors) (*Server, error) {
	j := new(journal)
	fs, err := c.newFaults(b.state.Sleep)
	if err != nil {
		return nil, err
	}
	clusters := serveClusters(b.state)
	if err := b.state.ServeAgain(); err != nil { // those of a snapshot
		return nil, fmt.Errorf("start fake server: %w", err)
	}
	ts, err := c.serve(c.handler(j, fs, b))
	if err != nil {
		clusters.close()
		return nil, err
	}
	first := c.credentials[0]
	running, stop := context.WithCancel(context.Background())
	go b.state.Run(running)
	return &Server{
		URL: baseURL(ts), http: ts, plain: c.plain, spec: c.spec, state: b.state, clusters: clusters, stop: stop, journal: j, faults: fs,
		overrides: &b.overrides, first: roa.StaticCredentials(first.ID, first.Secret, first.Token),
	}, nil
}

func (c *config) handler(j *journal, fs *faults, b *behaviors) *gateway.Handler {
	b.overrides.report = func(err error) { c.fail("an override failed", err) }
	return &gateway.Handler{
		Spec:     c.spec,
		Verifier: gateway.NewVerifier(c.credentials, c.spec.Version, c.now),
		Unsigned: c.unsignedID(),
		Admit:    limiter(c.limits, b.state.Now),
		Disturb:  fs.disturb,
		Script: func(r gateway.Record) (gateway.Response, bool) {
			script, ok := j.next(Request(r))
			return gateway.Response{Status: script.Status, Header: script.Header, Body: script.Body}, ok
		},
		Behave: b.behave,
		Record: func(r gateway.Record) {
			j.record(Request(r))
			c.logRequest(Request(r))
		},
		Report: func(err error) { c.fail("a mistake of the fake server", err) },
	}
}

// fail logs what went wrong, and fails the test if there is one.
func (c *config) fail(what string, err error) {
	c.logger.Error(what, "error", err)
	if c.report != nil {
		c.report(what, err)
	}
}

// String returns the URL of the server.
func (s Server) String() string { return "fake server at " + s.URL }

// Format writes the same as String whatever the verb is: a server knows the secrets of its AccessKeys.
func (s Server) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// Close stops the server after the requests that are being served. It may be called more than once.
func (s *Server) Close() {
	s.stop()
	s.http.Close()
	s.clusters.close()
}

// HTTPClient returns an HTTP client that trusts the certificate of the server. Callers share it and must not change it.
func (s *Server) HTTPClient() *http.Client { return s.http.Client() }
