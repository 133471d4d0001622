package roa

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBadInputSendsNothing(t *testing.T) {
	t.Parallel()
	var nilContext context.Context
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	tests := map[string]struct {
		ctx  context.Context
		call func(ctx context.Context, c *Client) error
		want string
	}{
		"nil context":          {nilContext, callPath("t1"), "context is nil"},
		"canceled":             {ended, callPath("t1"), "context canceled"},
		"empty path":           {t.Context(), callPath(""), `path parameter "ThingId" is empty`},
		"blank path":           {t.Context(), callPath(" \t"), `path parameter "ThingId" is empty`},
		"dot":                  {t.Context(), callPath("."), `path parameter "ThingId" "." would change the path`},
		"dots":                 {t.Context(), callPath(".."), `path parameter "ThingId" ".." would change the path`},
		"nil path":             {t.Context(), callPath(nil), `path parameter "ThingId" is empty`},
		"nil pointer":          {t.Context(), callPath((*string)(nil)), `path parameter "ThingId" is empty`},
		"path list":            {t.Context(), callPath([]string{"a"}), `path parameter "ThingId" must be a single value`},
		"path struct":          {t.Context(), callPath(part{}), `path parameter "ThingId" cannot be made from a roa.part`},
		"empty enum":           {t.Context(), callPath(thingState("")), `path parameter "ThingId" is empty`},
		"unset path":           {t.Context(), callRequest(func(*Request) {}), `path parameter "ThingId" is not set`},
		"unknown path":         {t.Context(), callRequest(func(r *Request) { r.Path("ThingId", "t"); r.Path("Other", "x") }), `path parameter "Other" has no place in /things/{ThingId}`},
		"path twice":           {t.Context(), callRequest(func(r *Request) { r.Path("ThingId", "t"); r.Path("ThingId", "x") }), `path parameter "ThingId" is set twice`},
		"query struct":         {t.Context(), callRequest(func(r *Request) { r.Query("q", part{}) }), `query parameter "q" cannot be made from a roa.part`},
		"query map":            {t.Context(), callRequest(func(r *Request) { r.Query("q", map[string]string{}) }), `query parameter "q" cannot be made from a map[string]string`},
		"comma":                {t.Context(), callRequest(func(r *Request) { r.Query("q", []string{"a", "b,c"}) }), `query parameter "q" has a comma in item 1, and commas separate the items`},
		"query json":           {t.Context(), callRequest(func(r *Request) { r.QueryJSON("q", func() {}) }), `query parameter "q" cannot be encoded: func() at / cannot be written as JSON`},
		"body":                 {t.Context(), callRequest(func(r *Request) { r.Body(map[string]any{"a": make(chan int)}) }), `encode body: chan int at /a cannot be written as JSON`},
		"body text":            {t.Context(), callRequest(func(r *Request) { r.Body(&thing{Password: "CANARY\xff"}) }), `encode body: value at /password is not valid: invalid UTF-8`},
		"first error":          {t.Context(), callRequest(func(r *Request) { r.Path("ThingId", ""); r.Query("q", part{}) }), `path parameter "ThingId" is empty`},
		"header name":          {t.Context(), callOption(CallHeader("a b", "c")), `header "a b" is not a header name`},
		"header value":         {t.Context(), callOption(CallHeader("X-A", "CANARY\r\nX-B: d")), `header X-A has a value that cannot be sent`},
		"own header":           {t.Context(), callOption(CallHeader("authorization", "CANARY")), `header Authorization cannot be set by callers: the signature sets it`},
		"leave to repeat, too": {t.Context(), callOption(CallHeader("Idempotency-Key", "1")), `header Idempotency-Key cannot be set by callers: net/http takes it for leave to send the request again, which the service knows nothing of`},
		"unpacking":            {t.Context(), callOption(CallHeader("accept-encoding", "gzip")), `header Accept-Encoding cannot be set by callers: the response would no longer be unpacked`},
		"program":              {t.Context(), callOption(CallHeader("User-Agent", "x")), `header User-Agent cannot be set by callers: use WithUserAgent`},
		"query name":           {t.Context(), callOption(CallQuery("", "x")), `query parameter "" has no name`},
	}
	rec := &recorder{}
	c := newTestClient(t, rec)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.EqualError(t, tt.call(tt.ctx, c), "ack: DeleteThing: "+tt.want)
		})
	}
	t.Cleanup(func() { assert.Zero(t, rec.count(), "nothing may be sent") })
	assert.EqualError(t, c.NilRequest(&opDelete), "ack: DeleteThing: request is nil")
	assert.EqualError(t, c.Do(t.Context(), nil, nil, nil, nil), "ack: request is nil")
}

func callPath(value any) func(context.Context, *Client) error {
	return callRequest(func(r *Request) { r.Path("ThingId", value) })
}

func callRequest(fill func(*Request)) func(context.Context, *Client) error {
	return func(ctx context.Context, c *Client) error {
		req := NewRequest(&opDelete, nil)
		fill(req)
		return c.Do(ctx, req, nil, nil, nil)
	}
}

func callOption(o CallOption) func(context.Context, *Client) error {
	return func(ctx context.Context, c *Client) error {
		req := NewRequest(&opDelete, nil)
		req.Path("ThingId", "t1")
		return c.Do(ctx, req, nil, nil, []CallOption{o})
	}
}

func TestCancelDuringCall(t *testing.T) {
	t.Parallel()
	cause := errors.New("user went away")
	phases := map[string]func(w http.ResponseWriter, cancel func()){
		"before the header": func(_ http.ResponseWriter, cancel func()) { cancel() },
		"in the body": func(w http.ResponseWriter, cancel func()) {
			_, _ = io.WriteString(w, `{"id":"`)
			_ = http.NewResponseController(w).Flush()
			cancel()
		},
	}
	for name, phase := range phases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancelCause(t.Context())
			c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				phase(w, func() { cancel(cause) })
				<-r.Context().Done()
			}))
			_, err := get(ctx, c, CallQuery("q", "CANARY-query"))
			require.ErrorIs(t, err, context.Canceled)
			assert.True(t, strings.HasPrefix(err.Error(), "ack: DescribeThing: "), err.Error())
			assert.NotContains(t, err.Error(), "CANARY")
		})
	}
}

// TestEndedContext has a context that ended before the call: nobody is asked for
// credentials.
func TestEndedContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	asked := WithCredentials(CredentialsFunc(func(context.Context) (Credentials, error) {
		return Credentials{}, errors.New("asked")
	}))
	err := do(ctx, scriptClient(t, &script{steps: []step{stepOK}}, asked), &opGet)
	require.ErrorIs(t, err, context.Canceled)
	assert.NotContains(t, err.Error(), "asked")
}

// TestCallsLeaveNothing looks at the contexts of requests, which would stay with the context
// of the caller until that ends.
func TestCallsLeaveNothing(t *testing.T) {
	t.Parallel()
	for _, failure := range []error{nil, errReset} {
		var sent context.Context
		c := scriptClient(t, nil, WithoutRetry(), WithTransport(roundTrip(func(req *http.Request) (*http.Response, error) {
			sent = req.Context()
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("{}"))}, failure
		})))
		require.ErrorIs(t, do(t.Context(), c, &opGet), failure)
		assert.Error(t, sent.Err())
	}
}

func TestCallTimeout(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	_, err := get(t.Context(), c, CallTimeout(20*time.Millisecond))
	require.ErrorIs(t, err, context.DeadlineExceeded)

	byClient := newTestClient(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
		WithHTTPClient(&http.Client{Timeout: 20 * time.Millisecond}))
	_, err = get(t.Context(), byClient, CallQuery("q", "CANARY"), CallTimeout(0))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	var timeout net.Error
	require.ErrorAs(t, err, &timeout)
	assert.True(t, timeout.Timeout())
	assert.NotContains(t, err.Error(), "CANARY")
}

func TestNetworkErrorsKeepTheirCause(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // ends at once
	require.NoError(t, err)
	addr := listener.Addr().String()
	require.NoError(t, listener.Close())
	c, err := NewClient(&fixtureService, WithEndpoint(addr), WithoutRetry(), WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
	require.NoError(t, err)
	_, err = get(t.Context(), c, CallQuery("q", "CANARY"))
	var opErr *net.OpError
	require.ErrorAs(t, err, &opErr)
	assert.Equal(t, "dial", opErr.Op)
	assert.NotContains(t, err.Error(), "CANARY")
}

func TestAnswerThatBreaksOff(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.Header().Set("X-Acs-Request-Id", "R1")
		_, _ = io.WriteString(w, `{"id":"CANARY`)
	}))
	_, err := get(t.Context(), c)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.EqualError(t, err, "ack: DescribeThing: read response (request R1): unexpected EOF")
}

// TestHugeAnswer streams 100 MB, with and without a declared length.
func TestHugeAnswer(t *testing.T) { //nolint:paralleltest // measures allocations of the process
	const size = 100 << 20
	var written int64
	for _, declared := range []bool{true, false} {
		for _, status := range []int{200, 502} {
			written = 0
			c, err := NewClient(&fixtureService, WithEndpoint("cs.example.com"), WithoutRetry(), WithCredentials(StaticCredentials(testKeyID, testSecret, "")),
				WithHTTPClient(&http.Client{Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
					body := io.LimitReader(zeros{&written}, size)
					resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(body), ContentLength: -1, Request: req}
					if declared {
						resp.ContentLength = size
					}
					return resp, nil
				})}))
			require.NoError(t, err)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err = get(t.Context(), c)
			runtime.ReadMemStats(&after)

			name := strconv.Itoa(status)
			require.ErrorContains(t, err, "ack: DescribeThing: ", name)
			if status == 200 {
				require.ErrorIs(t, err, ErrResponseTooLarge)
			} else {
				var apiErr *APIError
				require.ErrorAs(t, err, &apiErr)
				assert.Len(t, apiErr.Body, 4<<10)
			}
			assert.LessOrEqual(t, written, int64(DefaultMaxResponseSize+64<<10), name)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(3*DefaultMaxResponseSize+1<<20), name)
		}
	}
}

// zeros is an endless answer that counts what was read of it.
type zeros struct{ n *int64 }

func (z zeros) Read(p []byte) (int, error) {
	clear(p)
	*z.n += int64(len(p))
	return len(p), nil
}

func TestMaxResponseSize(t *testing.T) {
	t.Parallel()
	body := `{"id":"` + strings.Repeat("x", 91) + `"}`
	require.Len(t, body, 100)
	for limit, ok := range map[int64]bool{99: false, 100: true, 101: true, 0: true, -1: true} {
		c := newTestClient(t, answer(200, "", body), WithMaxResponseSize(limit))
		out, err := get(t.Context(), c)
		if ok {
			require.NoError(t, err)
			assert.Len(t, out.ID, 91)
		} else {
			require.ErrorIs(t, err, ErrResponseTooLarge)
			assert.EqualError(t, err, "ack: DescribeThing: read response: response is too large: it has 100 bytes and the limit is 99")
		}
	}
}
