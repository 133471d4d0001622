package acktest

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A received is what came of a request.
type received struct {
	status int
	body   string
	tls    *tls.ConnectionState
}

// get sends a request without a signature.
func get(t *testing.T, srv *Server, path string) received {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+path, http.NoBody)
	require.NoError(t, err)
	resp, err := srv.HTTPClient().Do(req)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return received{resp.StatusCode, string(body), resp.TLS}
}

func listen(t *testing.T, address string) net.Listener {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	require.NoError(t, err)
	return l
}

func selfSigned(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestListener(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"127.0.0.1:0", "0.0.0.0:0"} {
		l := listen(t, address)
		srv := newSmall(t, WithListener(l), WithPlainHTTP())
		_, port, err := net.SplitHostPort(l.Addr().String())
		require.NoError(t, err)
		assert.Equal(t, "http://127.0.0.1:"+port, srv.URL)
		_, err = srv.Client(t).Call(t.Context(), roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"})
		require.NoError(t, err)
		srv.Close()
		require.ErrorIs(t, l.Close(), net.ErrClosed)
	}
}

// wrapping is a listener whose connections are of a type of its own.
type wrapping struct{ net.Listener }

func (w wrapping) Accept() (net.Conn, error) {
	conn, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return struct{ *net.TCPConn }{conn.(*net.TCPConn)}, nil //nolint:errcheck // the listener is one of TCP
}

// TestResetOfWrappedConnection is one that the client sees as a reset, not as the end of the connection.
func TestResetOfWrappedConnection(t *testing.T) {
	t.Parallel()
	srv := newSmall(t, WithListener(wrapping{listen(t, "127.0.0.1:0")}), WithPlainHTTP())
	srv.Inject(Fault{Reset: true})
	_, err := srv.Client(t, roa.WithoutRetry()).Call(t.Context(), roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"})
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	srv := newSmall(t, WithCertificate(selfSigned(t)))
	state := get(t, srv, "/things").tls
	require.NotNil(t, state)
	assert.Equal(t, big.NewInt(7), state.PeerCertificates[0].SerialNumber)
}

// TestBadTransport is refused before anything is started.
func TestBadTransport(t *testing.T) {
	t.Parallel()
	tests := map[string][]Option{
		"acktest.WithListener: the listener is nil":                        {WithListener(nil)},
		"acktest.WithMiddleware: the function is nil":                      {WithMiddleware(nil)},
		"acktest.WithLogger: the logger is nil":                            {WithLogger(nil)},
		"acktest.WithCertificate: there is no certificate":                 {WithCertificate(tls.Certificate{})},
		"acktest: WithPlainHTTP and WithCertificate exclude each other":    {WithPlainHTTP(), WithCertificate(selfSigned(t))},
		"acktest.WithSnapshot: load state: byte 1 is not JSON as expected": {WithSnapshot([]byte("no"))},
	}
	for want, opts := range tests {
		_, err := Start(opts...)
		assert.EqualError(t, err, want)
	}
}

// TestMiddleware has the first one outside, and records only what gets to the server.
func TestMiddleware(t *testing.T) {
	t.Parallel()
	intercept := func(path, text string) Option {
		return WithMiddleware(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == path {
					_, _ = io.WriteString(w, text)
					return
				}
				next.ServeHTTP(w, r)
			})
		})
	}
	srv := newSmall(t, intercept("/up", "first"), intercept("/up", "second"), intercept("/down", "third"))
	assert.Equal(t, "first", get(t, srv, "/up").body)
	assert.Equal(t, "third", get(t, srv, "/down").body)
	assert.Equal(t, http.StatusBadRequest, get(t, srv, "/things").status)
	require.Len(t, srv.Requests(), 1)
	assert.Equal(t, "/things", srv.Requests()[0].Path)
}

// A syncBuffer is a buffer that the server may write while the test reads.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestLogger(t *testing.T) {
	t.Parallel()
	var text syncBuffer
	srv := newSmall(t, WithLogger(slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))))
	_, err := srv.Client(t).Call(t.Context(), roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"})
	require.NoError(t, err)
	get(t, srv, "/things?secret=sesame")
	requests := srv.Requests()
	assert.Equal(t, `level=INFO msg=request method=GET path=/things operation=ListThings region=cn-hangzhou caller=test-id status=200 request_id=`+requests[0].RequestID+`
level=INFO msg=request method=GET path=/things operation=ListThings region="" caller="" status=400 code=`+requests[1].ErrorCode+` request_id=`+requests[1].RequestID+"\n", text.String())
}

// TestShutdown lets a request end that is being served, and breaks off one that does not.
func TestShutdown(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan struct{}), make(chan struct{})
	hold := WithMiddleware(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			entered <- struct{}{}
			select {
			case <-leave:
				next.ServeHTTP(w, r)
			case <-r.Context().Done():
			}
		})
	})
	call := func(srv *Server) chan error {
		done := make(chan error, 1)
		client := srv.Client(t, roa.WithoutRetry())
		go func() {
			_, err := client.Call(t.Context(), roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"})
			done <- err
		}()
		<-entered
		return done
	}

	srv := newSmall(t, hold)
	done := call(srv)
	stopped := make(chan error, 1)
	go func() { stopped <- srv.Shutdown(t.Context()) }()
	close(leave)
	require.NoError(t, <-done)
	require.NoError(t, <-stopped)

	leave = nil
	srv = newSmall(t, hold)
	done = call(srv)
	reason := errors.New("no more time")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(reason)
	require.ErrorIs(t, srv.Shutdown(ctx), context.Canceled)
	require.Error(t, <-done)
}

// TestChanged tells of every change, so that the last snapshot that is taken afterwards holds it.
func TestChanged(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	changed := srv.Changed()
	refused := func() {
		_, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c-none"})
		require.ErrorIs(t, err, roa.ErrNotFound)
	}
	refused()
	<-changed // as the account is new
	changed = srv.Changed()
	refused()
	select {
	case <-changed:
		t.Error("a refused request is a change")
	default:
	}
	out, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: region})
	require.NoError(t, err)
	<-changed
	changed = srv.Changed()
	srv.Advance(time.Hour)
	<-changed

	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	again := NewServer(t, WithSnapshot(snapshot))
	assert.Equal(t, srv.Now(), again.Now())
	cluster, err := again.Client(t).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: out.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateRunning, cluster.State)
}

// TestFastClockGoesOn has the time of a snapshot after it ran ahead of real time.
func TestFastClockGoesOn(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithSpeed(1))
	srv.Advance(1000 * time.Hour)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	again := NewServer(t, WithSpeed(1), WithSnapshot(snapshot))
	assert.Less(t, again.Now().Sub(srv.Now()).Abs(), time.Hour)
}

func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/things", http.NoBody)
	require.NoError(t, err)
	req.Header.Set("X-Much", strings.Repeat("x", 2*gateway.MaxHeader))
	resp, err := srv.HTTPClient().Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusRequestHeaderFieldsTooLarge, resp.StatusCode)
}
