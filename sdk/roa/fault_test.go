package roa

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "write the tables in docs instead of comparing them")

// faultCase is one row of docs/faults.md.
type faultCase struct {
	name   string
	handle func(*faultServer, net.Conn) // nil: nobody listens
	tls    bool                         // the client speaks TLS
	slow   bool                         // the client does not wait long
	opts   []Option
	proxy  string // the scheme when the server is a proxy, for a service with TLS
	h2     bool   // the client speaks HTTP/2 and trusts the server
	dial   func(ctx context.Context, s *faultServer) (net.Conn, error)
	ctx    func(ctx context.Context, s *faultServer) context.Context
}

const throttledBody = `{"code":"Throttling.User","message":"m","requestId":"R"}`

func faultCases() []faultCase {
	canceled := func(ctx context.Context, _ *faultServer) context.Context {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return ctx
	}
	stall := func(ctx context.Context, s *faultServer) context.Context {
		ctx, cancel := context.WithCancel(ctx)
		s.setCancel(cancel)
		return ctx
	}
	endCall := func(s *faultServer, conn net.Conn) { s.endCall(); wait(conn) }
	return []faultCase{
		{name: "Connection refused"},
		{name: "Connection reset in the TLS handshake, before the request was written", tls: true, handle: func(_ *faultServer, conn net.Conn) {
			_, _ = conn.Read(make([]byte, 5))
			reset(conn)
		}},
		{name: "Plain HTTP where TLS was expected", tls: true, handle: func(_ *faultServer, conn net.Conn) {
			_, _ = conn.Read(make([]byte, 5))
			_, _ = io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
			wait(conn)
		}},
		{name: "Certificate of an unknown authority", tls: true, handle: serveTLS},
		{name: "Connection reset after the request was written", handle: serve(func(_ *faultServer, conn net.Conn) bool { reset(conn); return false })},
		{name: "Connection closed without a response", handle: raw("")},
		{name: "Response that is not HTTP", handle: raw("hello\r\n\r\n")},
		{name: "429 without headers", handle: reply(429, "", "")},
		{name: "429 with Retry-After in the past", handle: reply(429, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", throttledBody)},
		{name: "429 with Retry-After above the limit", handle: reply(429, "Retry-After: 3600\r\n", throttledBody)},
		{name: "429 with TimeLeft", handle: reply(429, "X-Ratelimit-User-Api: Limit:1,Remain:0,TimeLeft:2\r\n", throttledBody)},
		{name: "503 without headers", handle: reply(503, "", "")},
		{name: "503 with Retry-After above the limit", handle: reply(503, "Retry-After: 3600\r\n", "")},
		{name: "503 with the code Throttling.User", handle: reply(503, "", throttledBody)},
		{name: "408", handle: reply(408, "", "")},
		{name: "425", handle: reply(425, "", "")},
		{name: "499, which only a wait bears", handle: reply(499, "", "")},
		{name: "407 of a proxy for plain HTTP", handle: reply(407, "", `{"code":"Forbidden"}`)},
		{name: "407 of a proxy that should connect", proxy: "http", handle: refuse(407)},
		{name: "503 of a proxy that should connect", proxy: "http", handle: refuse(503)},
		{name: "Silent proxy that should connect", slow: true, proxy: "http", handle: silent},
		{name: "Silent SOCKS proxy", slow: true, proxy: "socks5", handle: silent},
		{name: "GOAWAY for every request of HTTP/2", tls: true, h2: true, handle: goAway},
		{name: "503 with a page of 100 KB", handle: reply(503, "Content-Type: text/html\r\n", "<html>"+strings.Repeat(" ", 100<<10))},
		{name: "502 with an HTML page", handle: reply(502, "Content-Type: text/html\r\n", "<html><body>Bad Gateway</body></html>")},
		{name: "Cut-off body of an error", handle: raw("HTTP/1.1 502 X\r\nContent-Length: 100\r\n\r\n{\"code\":\"Bad")},
		{name: "Cut-off body of a response", handle: raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"x")},
		{name: "Cut-off chunked body", handle: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n")},
		{name: "Cut-off JSON in a body without a length", handle: raw("HTTP/1.1 200 OK\r\n\r\n{\"id\":\"x")},
		{name: "Broken JSON", handle: reply(200, "", `{"id":"x"]`)},
		{name: "Body that is not JSON", handle: reply(200, "", "<html></html>")},
		{name: "Slow headers", slow: true, handle: serve(func(_ *faultServer, conn net.Conn) bool { wait(conn); return false })},
		{name: "Endless headers", handle: serve(func(_ *faultServer, conn net.Conn) bool {
			_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
			for err == nil {
				_, err = io.WriteString(conn, "X-More: "+strings.Repeat("x", 1000)+"\r\n")
			}
			return false
		})},
		{name: "Endless body", handle: serve(func(_ *faultServer, conn net.Conn) bool {
			_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
			for err == nil {
				_, err = io.WriteString(conn, strings.Repeat(" ", 4096))
			}
			return false
		})},
		{name: "Redirect", handle: reply(302, "Location: http://127.0.0.1:1/\r\n", "")},
		{name: "Context canceled before the call", handle: reply(200, "", "{}"), ctx: canceled},
		{name: "Context canceled while connecting", ctx: stall, dial: func(ctx context.Context, s *faultServer) (net.Conn, error) {
			s.endCall()
			<-ctx.Done()
			return nil, ctx.Err()
		}},
		{name: "Context canceled in the TLS handshake", tls: true, ctx: stall, handle: endCall},
		{name: "Context canceled before the headers of the response", ctx: stall, handle: serve(func(s *faultServer, conn net.Conn) bool {
			endCall(s, conn)
			return false
		})},
		{name: "Context canceled in the body of the response", ctx: stall, handle: serve(func(s *faultServer, conn net.Conn) bool {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
			endCall(s, conn)
			return false
		})},
		{
			name: "Context canceled between two attempts", ctx: stall, handle: reply(429, "Retry-After: 20\r\n", throttledBody),
			opts: []Option{WithRetry(retryFunc(func(RetryAttempt) (time.Duration, bool) { return time.Hour, true }))},
		},
		{
			name: "Deadline before the headers of the response",
			handle: serve(func(s *faultServer, conn net.Conn) bool {
				endCall(s, conn)
				return false
			}),
			ctx: func(ctx context.Context, s *faultServer) context.Context {
				done := make(chan struct{})
				s.setCancel(sync.OnceFunc(func() { close(done) }))
				return deadlineContext{ctx, done}
			},
		},
	}
}

// deadlineContext has a deadline that passes when the test says so.
type deadlineContext struct {
	context.Context
	done chan struct{}
}

func (c deadlineContext) Done() <-chan struct{} { return c.done }

func (c deadlineContext) Err() error {
	select {
	case <-c.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// retryFunc makes a function a policy.
type retryFunc func(RetryAttempt) (time.Duration, bool)

func (f retryFunc) Delay(a RetryAttempt) (time.Duration, bool) { return f(a) }

// serveTLS presents a certificate that nobody has been told to trust.
func serveTLS(_ *faultServer, conn net.Conn) {
	_ = tls.Server(conn, unknownCertificate).HandshakeContext(context.Background())
}

// unknownCertificate is that of package httptest.
var unknownCertificate = func() *tls.Config {
	srv := httptest.NewTLSServer(nil)
	defer srv.Close()
	return &tls.Config{Certificates: srv.TLS.Certificates, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2"}}
}()

// trustedPool is that of a client that has been told.
func trustedPool() *x509.CertPool {
	pool := x509.NewCertPool()
	for _, der := range unknownCertificate.Certificates[0].Certificate {
		if cert, err := x509.ParseCertificate(der); err == nil {
			pool.AddCert(cert)
		}
	}
	return pool
}

// faultResult is what a case leads to.
type faultResult struct {
	requests, attempts int
	class, kind        string
	err                error
}

// faultPatience is how long a client waits that does not wait long.
const faultPatience = 100 * time.Millisecond

// lead leads the transport of a client to the server. Its limits stay as clients have them, but for those of time in a slow case.
func (tc *faultCase) lead(transport *http.Transport, s *faultServer) {
	transport.Proxy = nil
	if tc.proxy != "" {
		transport.Proxy = http.ProxyURL(&url.URL{Scheme: tc.proxy, Host: s.listener.Addr().String()})
	}
	if tc.slow {
		transport.ResponseHeaderTimeout = 2 * faultPatience
	}
	if tc.h2 {
		transport.TLSClientConfig.RootCAs = trustedPool()
	}
	if tc.dial != nil {
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return tc.dial(ctx, s) }
	}
}

// runFault makes one call and checks that nothing is left running.
func runFault(t *testing.T, tc faultCase, op *Operation) faultResult {
	t.Helper()
	before := goleak.IgnoreCurrent()
	handle := tc.handle
	if handle == nil {
		handle = func(*faultServer, net.Conn) {}
	}
	s := startFaultServer(t, handle)
	if tc.handle == nil {
		s.stop()
	}
	endpoint := "http://" + s.listener.Addr().String()
	if tc.tls {
		endpoint = "https://" + s.listener.Addr().String()
	}
	if tc.proxy != "" {
		endpoint = "https://203.0.113.1"
	}
	opts := tc.opts
	if tc.slow {
		opts = append(opts, WithConnectTimeout(faultPatience))
	}
	var res faultResult
	c, err := NewClient(&fixtureService, append([]Option{
		WithEndpoint(endpoint), WithPlainHTTP(), WithMaxResponseSize(64 << 10),
		WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)),
		WithRetry(DefaultRetryPolicy{BaseDelay: 1, ThrottledDelay: 1}),
		WithAttemptHook(func(a Attempt) {
			res.attempts++
			if a.Delay == time.Hour {
				time.AfterFunc(5*time.Millisecond, s.endCall)
			}
		}),
	}, opts...)...)
	require.NoError(t, err)
	tc.lead(baseTransport(t, c.http), s)
	ctx := t.Context()
	if tc.ctx != nil {
		ctx = tc.ctx(ctx, s)
	}
	req := NewRequest(op, nil)
	if op == &opGet {
		req.Path("ThingId", "t1")
	} else {
		req.Body(&thing{ID: "x"})
	}
	res.err = c.Do(ctx, req, new(thing), nil, nil)
	c.CloseIdleConnections()
	s.endCall()
	s.stop()
	goleak.VerifyNone(t, before)
	res.requests, res.class, res.kind = int(s.requests.Load()), ErrorClass(res.err), errorKind(res.err)
	return res
}

// errorKind names the most telling type or value in an error.
func errorKind(err error) string {
	var list []string
	if retryErr, ok := errors.AsType[*RetryError](err); ok {
		list = append(list, "*RetryError")
		err = errors.Join(retryErr.Err, retryErr.Last)
	}
	if _, ok := errors.AsType[*APIError](err); ok {
		list = append(list, "*APIError")
	}
	if _, ok := errors.AsType[*DecodeError](err); ok {
		list = append(list, "*DecodeError")
	}
	for _, known := range []struct {
		err  error
		name string
	}{
		{context.Canceled, "context.Canceled"}, {context.DeadlineExceeded, "context.DeadlineExceeded"},
		{ErrResponseTooLarge, "ErrResponseTooLarge"}, {io.ErrUnexpectedEOF, "io.ErrUnexpectedEOF"}, {io.EOF, "io.EOF"},
	} {
		if errors.Is(err, known.err) {
			list = append(list, known.name)
		}
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		list = append(list, "x509.UnknownAuthorityError")
	}
	if opErr, ok := errors.AsType[*net.OpError](err); ok {
		list = append(list, "*net.OpError ("+opErr.Op+")")
	}
	if len(list) == 0 {
		return "text only"
	}
	return strings.Join(list, ", ")
}

const faultsHead = `# Faults

What a call does when the network or the service fails: how often it is sent, and which error a program gets.

The table is written by ` + "`go test ./sdk/roa -run TestFaults -update`" + `, from calls over real
connections to a server on loopback; the test compares it on every run, and checks that no goroutine is left. The clients have the default of three
attempts, with delays near zero.

- *Requests* is how many requests reached the server, for an idempotent operation and for an unsafe one. *Attempts* is how often the client
  tried, connections that failed included. There are more requests than attempts where net/http sent one again by itself, once at most.
- An unsafe operation is sent again only when it is certain that nothing was done: the service said that it throttled the request, or
  no connection was made.
- *Class* is ` + "`roa.ErrorClass`" + `, and *Found in the error* what ` + "`errors.As` and `errors.Is`" + ` find in the error of the idempotent operation.

| Fault | Requests (idempotent) | Attempts | Requests (unsafe) | Attempts | Class | Found in the error |
| --- | --- | --- | --- | --- | --- | --- |
`

// TestFaults plays every fault for an idempotent and for an unsafe operation, and
// compares the results with docs/faults.md.
func TestFaults(t *testing.T) { //nolint:paralleltest // looks for goroutines that are left
	var table strings.Builder
	table.WriteString(faultsHead)
	for _, tc := range faultCases() { //nolint:paralleltest // see above
		t.Run(tc.name, func(t *testing.T) {
			safe, unsafe := runFault(t, tc, &opGet), runFault(t, tc, &opCreate)
			for _, res := range []faultResult{safe, unsafe} {
				require.Error(t, res.err)
				assert.NotContains(t, res.err.Error(), "\n")
				assert.NotContains(t, res.err.Error(), "CANARY")
			}
			assert.Equal(t, safe.class, unsafe.class)
			assert.LessOrEqual(t, unsafe.requests, safe.requests)
			row := []string{
				tc.name, strconv.Itoa(safe.requests), strconv.Itoa(safe.attempts),
				strconv.Itoa(unsafe.requests), strconv.Itoa(unsafe.attempts), safe.class, safe.kind,
			}
			table.WriteString("| " + strings.Join(row, " | ") + " |\n")
		})
	}
	checkDoc(t, "../../docs/faults.md", table.String())
}

// checkDoc compares a file with its text, or writes it with -update.
func checkDoc(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o600))
		return
	}
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	checkLines(t, string(got), want)
}

// checkLines compares what a file holds with what it should hold, and tells no more than the lines that differ. Spaces alone make none
// differ: a longer word moves the columns of a whole table.
func checkLines(t *testing.T, file, want string) {
	t.Helper()
	if file == want {
		return
	}
	old, now := splitLines(file), splitLines(want)
	t.Errorf("run the test with -update, and look at the difference:\n%s%s", linesWithout(old, now, "- "), linesWithout(now, old, "+ "))
}

func splitLines(text string) (lines []string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}

// linesWithout returns those that others lack, each with a mark.
func linesWithout(lines, others []string, mark string) string {
	var text strings.Builder
	for _, line := range lines {
		if !slices.Contains(others, line) {
			text.WriteString(mark + line + "\n")
		}
	}
	return text.String()
}

// TestResendOfNetHTTP has a connection that dies when it is used again. net/http
// then sends a GET again by itself, with the same signature, which a service that had
// seen it refuses as a replay. The next attempt has a nonce of its own.
func TestResendOfNetHTTP(t *testing.T) {
	t.Parallel()
	s := startFaultServer(t, serve(func(s *faultServer, conn net.Conn) bool {
		seen := s.seen()
		n := len(seen)
		replay := n > 1 && seen[n-1] == seen[n-2]
		status, body := "200 OK", "{}"
		switch {
		case n == 2:
			return false // has seen the request, and hangs up
		case replay:
			status, body = "400 Bad Request", `{"code":"SignatureNonceUsed"}`
		}
		_, err := fmt.Fprintf(conn, "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
		return err == nil
	}))
	defer s.stop()
	c, err := NewClient(&fixtureService, WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP(),
		WithRetry(DefaultRetryPolicy{BaseDelay: 1}), WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
	require.NoError(t, err)
	defer c.http.CloseIdleConnections()
	require.NoError(t, do(t.Context(), c, &opGet))
	require.NoError(t, do(t.Context(), c, &opGet))
	seen := s.seen()
	require.Len(t, seen, 4)
	assert.Equal(t, seen[1], seen[2], "net/http resends as it is")
	assert.NotEqual(t, seen[2], seen[3])

	// What may not be done twice is not sent twice, by net/http either.
	s.mu.Lock()
	s.nonces = s.nonces[:1]
	s.mu.Unlock()
	require.Error(t, do(t.Context(), c, &opCreate))
	assert.Len(t, s.seen(), 2)
}
