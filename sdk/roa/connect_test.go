package roa

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pipeClient returns a client whose connections lead to a function, in fake time. The
// proxy, unless empty, is the scheme of one that the function plays.
func pipeClient(t *testing.T, proxy string, limit time.Duration, serve func(net.Conn)) *Client {
	t.Helper()
	c, err := NewClient(&fixtureService, WithEndpoint("http://cs.example.com"), WithPlainHTTP(), WithoutRetry(),
		WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
	require.NoError(t, err)
	transport := baseTransport(t, c.http)
	transport.Proxy = nil
	if proxy != "" {
		transport.Proxy = http.ProxyURL(&url.URL{Scheme: proxy, Host: "proxy.example.com:1080"})
	}
	transport.DialContext = limitConnecting(func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go serve(far)
		return near, nil
	}, limit)
	return c
}

// TestConnectTimeout has proxies that accept and say nothing, or drip.
func TestConnectTimeout(t *testing.T) {
	t.Parallel()
	drips := func(conn net.Conn) {
		go func() { _, _ = io.Copy(io.Discard, conn) }()
		for _, err := conn.Write([]byte{5}); err == nil; _, err = conn.Write([]byte{0}) {
			_ = sleep(context.Background(), 12*time.Second)
		}
	}
	for name, serve := range map[string]func(net.Conn){"silent": wait, "drips": drips} {
		for _, limit := range []time.Duration{3 * time.Second, DefaultConnectTimeout} {
			t.Run(name+" "+limit.String(), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					start := time.Now()
					err := do(t.Context(), pipeClient(t, "socks5", limit, serve), &opGet)
					require.Error(t, err)
					assert.Equal(t, "timeout", ErrorClass(err))
					assert.Equal(t, limit, time.Since(start))
					_ = sleep(t.Context(), time.Minute) // the other side sees the end, too
				})
			})
		}
	}
}

// TestConnectTimeoutOfDialing has an address that nothing comes back from.
func TestConnectTimeoutOfDialing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := pipeClient(t, "", time.Hour, wait)
		baseTransport(t, c.http).DialContext = limitConnecting(func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}, 3*time.Second)
		start := time.Now()
		assert.Equal(t, "timeout", ErrorClass(do(t.Context(), c, &opGet)))
		assert.Equal(t, 3*time.Second, time.Since(start))
	})
}

// TestThirdConnectionIsNotUsed hands a request of an attempt one connection after the other,
// as net/http does when they were kept and are dead.
func TestThirdConnectionIsNotUsed(t *testing.T) {
	t.Parallel()
	s := watchSending(t.Context())
	defer s.end()
	w := connWatch{sending: s}
	for n := range maxSends + 1 {
		near, far := net.Pipe()
		defer func() { _ = far.Close() }()
		w.get("")
		w.got(httptrace.GotConnInfo{Conn: near, Reused: true, WasIdle: true})
		usable := n < maxSends
		assert.Equal(t, usable, near.SetDeadline(time.Time{}) == nil, "connection %d is open", n+1)
		assert.Equal(t, usable, s.Err() == nil)
	}
}

// TestConnectTimeoutEndsWithConnecting lets the service take longer than connecting may,
// on a new connection and on one that was kept.
func TestConnectTimeoutEndsWithConnecting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var conns atomic.Int32
		c := pipeClient(t, "", 20*time.Second, func(conn net.Conn) {
			conns.Add(1)
			for r := bufio.NewReader(conn); ; {
				if _, err := http.ReadRequest(r); err != nil {
					return
				}
				_ = sleep(t.Context(), 50*time.Second)
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
			}
		})
		for range 2 {
			require.NoError(t, do(t.Context(), c, &opGet))
			_ = sleep(t.Context(), 30*time.Second)
		}
		assert.Equal(t, int32(1), conns.Load())
		c.CloseIdleConnections()
	})
}

func TestConnectTimeoutOption(t *testing.T) {
	t.Parallel()
	valid := []Option{WithEndpoint("http://cs.example.com"), WithPlainHTTP(), WithoutRetry(), WithCredentials(StaticCredentials("a", "b", ""))}
	for want, opts := range map[string][]Option{
		"connect timeout is -1s: want a time above zero": {WithConnectTimeout(-time.Second)},
		"connect timeout is for the client's own":        {WithConnectTimeout(time.Second), WithTransport(new(http.Transport))},
		"set that of WithTransport or WithHTTPClient":    {WithHTTPClient(new(http.Client)), WithConnectTimeout(time.Second)},
	} {
		_, err := NewClient(&fixtureService, append(opts, valid...)...)
		require.ErrorContains(t, err, want)
	}
	s := startFaultServer(t, silent)
	defer s.stop()
	c, err := NewClient(&fixtureService, append(valid, WithConnectTimeout(50*time.Millisecond))...)
	require.NoError(t, err)
	baseTransport(t, c.http).Proxy = http.ProxyURL(&url.URL{Scheme: "socks5", Host: s.listener.Addr().String()})
	assert.Equal(t, "timeout", ErrorClass(do(t.Context(), c, &opGet)))
}

// TestKeptConnectionsHeal has one or many kept connections that are dead when they are used:
// net/http may send the request of an attempt once more, and no more.
func TestKeptConnectionsHeal(t *testing.T) {
	t.Parallel()
	for _, kept := range []int{1, 8} {
		t.Run(strconv.Itoa(kept), func(t *testing.T) {
			t.Parallel()
			s := startFaultServer(t, func(s *faultServer, conn net.Conn) {
				first := true
				serve(func(_ *faultServer, conn net.Conn) bool {
					if !first {
						return false
					}
					first = false
					_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
					return err == nil
				})(s, conn)
			})
			defer s.stop()
			var resent atomic.Int32
			c, err := NewClient(&fixtureService, WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP(), WithoutRetry(),
				WithCredentials(StaticCredentials(testKeyID, testSecret, "")),
				WithAttemptHook(func(a Attempt) {
					if a.Resent {
						resent.Add(1)
					}
				}))
			require.NoError(t, err)
			defer c.CloseIdleConnections()
			keepConnections(t, c, kept)
			before := s.requests.Load()
			err = do(t.Context(), c, &opGet)
			assert.Equal(t, int32(maxSends), s.requests.Load()-before)
			assert.Equal(t, int32(1), resent.Load())
			if kept == 1 {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, errSentTwice)
			assert.Equal(t, "connection", ErrorClass(err))
			before = s.requests.Load()
			require.NoError(t, do(t.Context(), c, &opGet), "the others are not used any more")
			assert.Equal(t, int32(1), s.requests.Load()-before)
		})
	}
}

// keepConnections makes so many connections that are kept: no call goes on before all have
// one.
func keepConnections(t *testing.T, c *Client, n int) {
	t.Helper()
	var all, ready sync.WaitGroup
	ready.Add(n)
	together := *c
	together.http = &http.Client{Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
		resp, err := c.http.Transport.RoundTrip(req)
		ready.Done()
		ready.Wait()
		return resp, err
	})}
	for range n {
		all.Go(func() { assert.NoError(t, do(t.Context(), &together, &opGet)) })
	}
	all.Wait()
}

// TestGoAwayIsCounted counts what a server sees that turns every connection away.
func TestGoAwayIsCounted(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		op       *Operation
		opts     []Option
		attempts int
	}{
		"unsafe":     {&opCreate, nil, 1},
		"one":        {&opGet, []Option{WithoutRetry()}, 1},
		"idempotent": {&opGet, nil, 3},
		"token":      {&opToken, nil, 3},
		"budget":     {&opGet, []Option{WithRetryBudget(2)}, 2},
		"below middleware": {&opGet, []Option{WithoutRetry(), WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(req *http.Request) (*http.Response, error) { return next.RoundTrip(req.Clone(req.Context())) })
		})}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startFaultServer(t, goAway)
			defer s.stop()
			transport := newTransport(DefaultConnectTimeout)
			transport.Proxy = nil
			transport.TLSClientConfig.RootCAs = trustedPool()
			resent := 0
			c, err := NewClient(&fixtureService, append([]Option{
				WithEndpoint("https://" + s.listener.Addr().String()), WithTransport(transport), WithRetry(DefaultRetryPolicy{BaseDelay: 1}),
				WithCredentials(StaticCredentials(testKeyID, testSecret, "")),
				WithAttemptHook(func(a Attempt) {
					if a.Resent {
						resent++
					}
				}),
			}, tt.opts...)...)
			require.NoError(t, err)
			defer c.CloseIdleConnections()
			err = do(t.Context(), c, tt.op)
			require.ErrorIs(t, err, errSentTwice)
			require.NotErrorIs(t, err, context.Canceled)
			assert.Equal(t, tt.attempts*maxSends, int(s.requests.Load()))
			assert.Equal(t, tt.attempts, resent)
		})
	}
}

// TestLargeErrors has errors that are larger than most: their code is found where it comes
// last, and the connection is used again.
func TestLargeErrors(t *testing.T) {
	t.Parallel()
	for _, size := range []int{70 << 10, 900 << 10} {
		var conns atomic.Int32
		srv := httptest.NewUnstartedServer(answer(http.StatusServiceUnavailable, "", `{"message":"`+strings.Repeat("m", size)+`","code":"Busy"}`))
		srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				conns.Add(1)
			}
		}
		srv.Start()
		defer srv.Close()
		c, err := NewClient(&fixtureService, WithEndpoint(srv.URL), WithPlainHTTP(), WithRetry(DefaultRetryPolicy{BaseDelay: 1}),
			WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
		require.NoError(t, err)
		defer c.CloseIdleConnections()
		require.ErrorIs(t, do(t.Context(), c, &opGet), Code("Busy"))
		assert.Equal(t, int32(1), conns.Load(), "%d bytes", size)
	}
}
