package gateway

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHostileBytes sends what no HTTP client sends.
func TestHostileBytes(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	const head = "POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
	for name, text := range map[string]string{
		"bad chunk":           head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
		"length below zero":   head + "Content-Length: -1\r\n\r\n",
		"two lengths":         head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"length and chunks":   head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"large header":        head + "X-Large: " + strings.Repeat("a", 2*MaxHeader) + "\r\n\r\n",
		"many headers":        head + strings.Repeat("X-Acs-A: a\r\n", 20_000) + "\r\n",
		"large query":         "GET /things?" + strings.Repeat("a", 2*MaxHeader) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"many parameters":     "GET /things?" + strings.Repeat("a&", 10_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"bad escape in query": "GET /things?a=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"bad escape in path":  "GET /things/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"deep path":           "GET " + strings.Repeat("/a", 10_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"zero in a header":    head + "X-A: a\x00b\r\n\r\n",
		"no host":             "GET /things HTTP/1.1\r\nConnection: close\r\n\r\n",
		"two hosts":           "GET /things HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
		"other protocol":      "HELO example.com\r\n\r\n",
		"tunnel":              "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
		"upgrade":             "GET /things HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
		"too large":           head + fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", maxBody+1),
		"too large in chunks": head + "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n", maxBody+1) + strings.Repeat("a", maxBody+1) + "\r\n0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status := rawStatus(t, srv, text)
			assert.GreaterOrEqual(t, status, 400)
			assert.Less(t, status, 500)
		})
	}
}

// rawStatus sends bytes and returns the status of the response. It goes on reading while it writes, as the server may refuse early.
func rawStatus(t *testing.T, srv *server, text string) (status int) {
	t.Helper()
	conn := dial(t, srv)
	go func() { _, _ = conn.Write([]byte(text)) }()
	var major, minor int
	_, err := fmt.Fscanf(conn, "HTTP/%d.%d %d", &major, &minor, &status)
	require.NoError(t, err)
	return status
}

// dial opens a connection that is closed with the test.
func dial(t *testing.T, srv *server) net.Conn {
	t.Helper()
	transport, ok := srv.HTTPClient().Transport.(*http.Transport)
	require.True(t, ok)
	dialer := tls.Dialer{Config: &tls.Config{RootCAs: transport.TLSClientConfig.RootCAs, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(srv.URL, "https://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// TestHostileRequests sends requests that are signed right, and hold what programs may stumble over.
func TestHostileRequests(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	nested := func(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }
	create := func(body string) call {
		return call{method: "POST", path: "/things", action: "CreateThing", body: body}
	}
	tags := func(text string) call {
		return call{method: "GET", path: "/things", action: "ListThings", query: url.Values{"tags": {text}}}
	}
	for name, c := range map[string]call{
		"deep":                  create(`{"name":"n","config":` + nested(600) + `}`),
		"very deep":             create(`{"name":"n","config":` + nested(200_000) + `}`),
		"deep objects":          create(`{"name":"n","parent":` + strings.Repeat(`{"parent":`, 5_000)),
		"deep parameter":        tags(nested(1_000)),
		"member twice":          create(`{"name":"n","name":"m"}`),
		"member twice, escaped": create(`{"name":"n","\u006eame":"m"}`),
		"null":                  create(`null`),
		"null member":           create(`{"name":null}`),
		"null item":             create(`{"name":"n","tags":[null]}`),
		"bytes":                 create("{\"name\":\"\xff\xfe\"}"),
		"nothing but blanks":    create(" \n "),
		"huge integer":          create(`{"name":"n","count":1` + strings.Repeat("0", 100_000) + `}`),
		"huge exponent":         create(`{"name":"n","count":1e999999999}`),
		"tiny exponent":         create(`{"name":"n","count":1e-999999999}`),
		"long text":             create(`{"name":"` + strings.Repeat("a", maxBody-100) + `"}`),
		"many items":            create(`{"name":"n","tags":[` + strings.Repeat("{},", 100_000) + `{}]}`),
		"parameter again":       {method: "GET", path: "/things", action: "ListThings", query: url.Values{"force": make([]string, 1_000)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := c.do(t, srv)
			assert.Equal(t, http.StatusBadRequest, out.status, out.code)
			assert.Less(t, len(out.body), 2_000)
		})
	}
}

// TestLargeBodiesAreForgotten holds that a row of large requests does not fill the memory.
func TestLargeBodiesAreForgotten(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	for _, size := range []int{1_000, 2 * maxRemembered} {
		body := `{"name":"n","config":"` + strings.Repeat("a", size) + `"}`
		assert.Equal(t, http.StatusAccepted, call{method: "POST", path: "/things", action: "CreateThing", body: body}.do(t, srv).status)
	}
	requests := srv.Requests()
	assert.NotNil(t, requests[0].Body)
	assert.Nil(t, requests[1].Body)
}

// TestNobodyIsDisturbed serves requests while others are slow, break off, or send nonsense.
func TestNobodyIsDisturbed(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	for i := range 64 {
		conn := dial(t, srv)
		_, err := conn.Write([]byte([]string{
			"POST /things HTTP/1.1\r\nHo",
			"POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
			"nonsense\r\n\r\n",
			"",
		}[i%4]))
		require.NoError(t, err)
		if i%8 == 7 {
			require.NoError(t, conn.Close())
		}
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := range 10 {
				good := call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n"}`, roa: i%2 == 0}
				assert.Equal(t, http.StatusAccepted, good.do(t, srv).status)
				bad := good
				bad.body = `{"name":`
				assert.Equal(t, http.StatusBadRequest, bad.do(t, srv).status)
			}
		})
	}
	wg.Wait()
}

// TestHTTP2 sends requests over HTTP/2, where some of the bytes of HTTP/1 cannot be, and resets are of streams.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	ts := httptest.NewUnstartedServer(nil)
	ts.Config = NewServer(srv.handler, slog.New(slog.DiscardHandler))
	ts.EnableHTTP2 = true
	ts.StartTLS()
	defer ts.Close()
	do := func(c call) (status int, err error) {
		res, err := ts.Client().Do(c.request(t, ts.URL))
		if err != nil {
			return 0, err
		}
		assert.Equal(t, 2, res.ProtoMajor)
		return res.StatusCode, res.Body.Close()
	}
	good := call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n"}`}
	for name, tt := range map[string]struct {
		call   call
		status int
	}{
		"good":         {good, http.StatusAccepted},
		"wrong secret": {call{method: "GET", path: "/things", action: "ListThings", secret: "wrong"}, http.StatusBadRequest},
		"too large":    {good.with("application/json", strings.Repeat("a", maxBody+1)), http.StatusRequestEntityTooLarge},
		"no path":      {call{method: "GET", path: "/nothing"}, http.StatusNotFound},
		"trailers": {call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n"}`, after: func(r *http.Request) {
			r.ContentLength = -1
			r.Trailer = http.Header{"X-Acs-Late": {"a"}}
		}}, http.StatusAccepted},
	} {
		status, err := do(tt.call)
		require.NoError(t, err, name)
		assert.Equal(t, tt.status, status, name)
	}
	srv.handler.Script = func(Record) (Response, bool) { return Response{Reset: true}, true }
	_, err := do(good)
	require.Error(t, err)
	srv.handler.Script = nil
	status, err := do(good)
	require.NoError(t, err)
	assert.Equal(t, http.StatusAccepted, status, "the connection serves others")
}

// TestSlowBody holds that a client cannot keep a request open for ever.
func TestSlowBody(t *testing.T) {
	t.Parallel()
	var deadlines []bool
	w := deadlineWriter{httptest.NewRecorder(), func(at time.Time) { deadlines = append(deadlines, at.IsZero()) }}
	_, err := readAll(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("{}")))
	require.NoError(t, err)
	assert.Equal(t, []bool{false, true}, deadlines, "a deadline for the body, and none for what comes after it")
}

// A deadlineWriter tells of deadlines.
type deadlineWriter struct {
	*httptest.ResponseRecorder

	told func(time.Time)
}

func (w deadlineWriter) SetReadDeadline(at time.Time) error {
	w.told(at)
	return nil
}

// TestVagueMediaTypes sends JSON as the provider's command line tool does.
func TestVagueMediaTypes(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	grant := call{method: "POST", path: "/things/1/grants", action: "GrantThings"}
	for _, tt := range []struct {
		mediaType, body, code string
	}{
		{"application/octet-stream", `[{"key":"k"}]`, ""},
		{"application/x-www-form-urlencoded", `[{"key":"k"}]`, ""},
		{"application/x-www-form-urlencoded; charset=utf-8", `[]`, ""},
		{"application/octet-stream", `[{"value":"v"}]`, "MissingParameter"},
		{"application/octet-stream", `key=k`, "InvalidParameter"},
		{"application/x-www-form-urlencoded", `key=k`, "InvalidParameter"},
		{"application/octet-stream", ``, "MissingParameter"},
		{"text/plain", `[{"key":"k"}]`, "InvalidParameter"},
	} {
		for _, roa := range []bool{false, true} {
			c := grant.with(tt.mediaType, tt.body)
			c.roa = roa
			out := c.do(t, srv)
			assert.Equal(t, tt.code, out.code, "%s %s: %s", tt.mediaType, tt.body, out.message)
		}
	}
	assert.Equal(t, []any{map[string]any{"key": "k"}}, srv.Requests()[0].Body)
}
