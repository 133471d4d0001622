package gateway

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // The ROA signature of the service is HMAC-SHA1.
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	testID     = "test-id"
	testSecret = "test-secret"
)

var smallSpec = sync.OnceValues(func() (*Spec, error) {
	bundle, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		return nil, err
	}
	return Load(bundle)
})

// A server is a handler behind HTTPS, and what it recorded.
type server struct {
	URL string

	http     *httptest.Server
	handler  *Handler
	mu       sync.Mutex
	requests []Record
}

// An option changes a server that newServer is about to start.
type option func(*Handler)

func withClock(now func() time.Time) option { return func(h *Handler) { h.Verifier.now = now } }

func withCredentials(id, secret, token string) option {
	return func(h *Handler) { h.Verifier.credentials[id] = Credential{ID: id, Secret: secret, Token: token} }
}

// newServer starts a server of a spec that accepts testID.
func newServer(t *testing.T, api *Spec, opts ...option) *server {
	t.Helper()
	h := &Handler{Spec: api, Verifier: NewVerifier([]Credential{{ID: testID, Secret: testSecret}}, api.Version, time.Now)}
	for _, opt := range opts {
		opt(h)
	}
	srv := &server{handler: h}
	h.Record = func(r Record) {
		srv.mu.Lock()
		defer srv.mu.Unlock()
		srv.requests = append(srv.requests, r)
	}
	srv.http = httptest.NewUnstartedServer(h)
	srv.http.Config = NewServer(h, slog.New(slog.DiscardHandler))
	srv.http.StartTLS()
	srv.URL = srv.http.URL
	t.Cleanup(srv.http.Close)
	return srv
}

func (s *server) HTTPClient() *http.Client { return s.http.Client() }

func (s *server) Requests() []Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// newSmall starts a server of the small spec.
func newSmall(t *testing.T, opts ...option) *server {
	t.Helper()
	api, err := smallSpec()
	require.NoError(t, err)
	return newServer(t, api, opts...)
}

// serve starts a server of a document.
func serve(t *testing.T, document []byte) *server {
	t.Helper()
	api, err := Load(document)
	require.NoError(t, err)
	return newServer(t, api)
}

// A call describes one request before it is signed.
type call struct {
	method, path string // the path as on the wire
	query        url.Values
	body         string
	action       string
	id           string
	secret       string
	token        string
	date         time.Time
	roa          bool
	before       func(http.Header) // changes headers before signing
	after        func(*http.Request)
}

func (c call) withDefaults() call {
	if c.id == "" {
		c.id = testID
	}
	if c.secret == "" {
		c.secret = testSecret
	}
	if c.date.IsZero() {
		c.date = time.Now()
	}
	return c
}

// request signs a call with code that shares nothing with the verifier.
func (c call) request(t *testing.T, base string) *http.Request {
	t.Helper()
	c = c.withDefaults()
	target := base + c.path
	if len(c.query) > 0 {
		target += "?" + c.query.Encode()
	}
	req, err := http.NewRequestWithContext(t.Context(), c.method, target, strings.NewReader(c.body))
	require.NoError(t, err)
	h := req.Header
	h.Set("Accept", "application/json")
	h.Set("X-Acs-Version", "2015-12-15")
	h.Set("X-Acs-Signature-Nonce", rand.Text())
	if c.action != "" {
		h.Set("X-Acs-Action", c.action)
	}
	if c.body != "" {
		h.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		h.Set("X-Acs-Security-Token", c.token)
		h.Set("X-Acs-Accesskey-Id", c.id)
	}
	if c.roa {
		c.signROA(req)
	} else {
		c.signACS3(req)
	}
	if c.after != nil {
		c.after(req)
	}
	return req
}

func (c call) acs(h http.Header) []string {
	var names []string
	for name := range h {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-acs-") {
			names = append(names, name)
		}
	}
	return names
}

func (c call) signROA(req *http.Request) {
	h := req.Header
	h.Set("Date", c.date.UTC().Format(http.TimeFormat))
	h.Set("X-Acs-Signature-Method", "HMAC-SHA1")
	h.Set("X-Acs-Signature-Version", "1.0")
	if c.before != nil {
		c.before(h)
	}
	names := c.acs(h)
	slices.Sort(names)
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n%s\n%s\n%s\n%s\n", c.method, h.Get("Accept"), h.Get("Content-Md5"), h.Get("Content-Type"), h.Get("Date"))
	for _, name := range names {
		text.WriteString(name + ":" + h.Get(name) + "\n")
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(c.query)) {
		for _, value := range c.query[name] {
			if value != "" {
				value = "=" + value
			}
			pairs = append(pairs, name+value)
		}
	}
	text.WriteString(c.path)
	if len(pairs) > 0 {
		text.WriteString("?" + strings.Join(pairs, "&"))
	}
	mac := hmac.New(sha1.New, []byte(c.secret))
	_, _ = io.WriteString(mac, text.String())
	h.Set("Authorization", "acs "+c.id+":"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

func (c call) signACS3(req *http.Request) {
	h := req.Header
	h.Set("X-Acs-Date", c.date.UTC().Format("2006-01-02T15:04:05Z"))
	h.Set("X-Acs-Content-Sha256", fmt.Sprintf("%x", sha256.Sum256([]byte(c.body))))
	if c.before != nil {
		c.before(h)
	}
	names := append(c.acs(h), "host")
	if h.Get("Content-Type") != "" {
		names = append(names, "content-type")
	}
	slices.Sort(names)
	var lines strings.Builder
	for _, name := range names {
		value := h.Get(name)
		if name == "host" {
			value = req.URL.Host
		}
		lines.WriteString(name + ":" + value + "\n")
	}
	signed := strings.Join(names, ";")
	query := strings.ReplaceAll(c.query.Encode(), "+", "%20")
	canonical := strings.Join([]string{c.method, c.path, query, lines.String(), signed, fmt.Sprintf("%x", sha256.Sum256([]byte(c.body)))}, "\n")
	mac := hmac.New(sha256.New, []byte(c.secret))
	_, _ = fmt.Fprintf(mac, "ACS3-HMAC-SHA256\n%x", sha256.Sum256([]byte(canonical)))
	h.Set("Authorization", fmt.Sprintf("ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%x", c.id, signed, mac.Sum(nil)))
}

// An outcome is a response as tests look at it.
type outcome struct {
	status  int
	header  http.Header
	body    string
	code    string
	message string
}

func exchange(t *testing.T, srv *server, req *http.Request) outcome {
	t.Helper()
	res, err := srv.HTTPClient().Do(req)
	require.NoError(t, err)
	defer func() { require.NoError(t, res.Body.Close()) }()
	data, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	out := outcome{status: res.StatusCode, header: res.Header, body: string(data)}
	if res.StatusCode >= http.StatusBadRequest && json.Valid(data) {
		var body struct{ Code, Message, RequestID string }
		require.NoError(t, json.NewDecoder(bytes.NewReader(data)).Decode(&body))
		out.code, out.message = body.Code, body.Message
		require.Equal(t, res.Header.Get("x-acs-request-id"), body.RequestID)
	}
	return out
}

func (c call) do(t *testing.T, srv *server) outcome {
	t.Helper()
	return exchange(t, srv, c.request(t, srv.URL))
}
