package roa

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAttemptHook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type ctxKey struct{}
		var got, again []Attempt
		s := &script{steps: []step{
			code(429, "Throttling", "X-Acs-Request-Id", "R1"), {err: errReset},
			{status: 200, body: "{}", header: http.Header{"X-Acs-Request-Id": {"R3"}}},
		}}
		slow := func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(req *http.Request) (*http.Response, error) {
				<-time.After(3 * time.Second)
				return next.RoundTrip(req)
			})
		}
		c := scriptClient(t, s, WithMiddleware(slow), WithRetry(fixed(time.Minute)),
			WithAttemptHook(func(a Attempt) { got = append(got, a) }), WithAttemptHook(nil), WithAttemptHook(func(a Attempt) { again = append(again, a) }))
		ctx := context.WithValue(t.Context(), ctxKey{}, "v")
		require.NoError(t, do(ctx, c, &opGet))
		require.Len(t, got, 3)
		assert.Len(t, again, 3)
		for i := range got {
			assert.Equal(t, "v", got[i].Context.Value(ctxKey{}))
			assert.Equal(t, i < 2, got[i].Err != nil)
			got[i].Context, got[i].Err = nil, nil
		}
		assert.Equal(t, []Attempt{
			{Service: "ack", Operation: "DescribeThing", Attempt: 1, StatusCode: 429, Code: "Throttling", RequestID: "R1", Class: "throttled", Duration: 3 * time.Second, Again: true, Delay: time.Minute},
			{Service: "ack", Operation: "DescribeThing", Attempt: 2, Class: "connection", Duration: 3 * time.Second, Again: true, Delay: time.Minute},
			{Service: "ack", Operation: "DescribeThing", Attempt: 3, StatusCode: 200, RequestID: "R3", Duration: 3 * time.Second},
		}, got)
	})
}

func TestLogger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var buf bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}))
		failed := code(503, "Busy\nCANARY=1")
		failed.body = `{"code":"Busy\nx","message":"CANARY-message"}`
		s := &script{steps: []step{failed, {err: errReset}, {status: 200, body: `{"password":"CANARY"}`, header: http.Header{"X-Acs-Request-Id": {"R3"}}}}}
		c := scriptClient(t, s, WithLogger(logger), WithRetry(fixed(time.Minute)), WithCredentials(StaticCredentials("CANARY-id", testSecret, testToken)))
		require.NoError(t, do(t.Context(), c, &opGet, CallQuery("q", "CANARY"), CallHeader("X-Y", "CANARY")))
		assert.Equal(t, `level=WARN msg="ack attempt" service=ack operation=DescribeThing attempt=1 duration=0s status=503 class=server code="Busy x" delay=1m0s
level=WARN msg="ack attempt" service=ack operation=DescribeThing attempt=2 duration=0s class=connection error="read tcp: connection reset by peer" delay=1m0s
level=DEBUG msg="ack attempt" service=ack operation=DescribeThing attempt=3 duration=0s status=200 request_id=R3
`, buf.String())

		buf.Reset()
		quiet := scriptClient(t, s, WithLogger(slog.New(slog.NewTextHandler(&buf, nil))))
		require.NoError(t, do(t.Context(), quiet, &opGet))
		assert.Empty(t, buf.String())
	})
}

func TestErrorClass(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"":                nil,
		"not_found":       &APIError{StatusCode: 404, Code: "ErrorClusterNotFound"},
		"throttled":       &APIError{StatusCode: 429},
		"conflict":        &APIError{StatusCode: 409},
		"forbidden":       &APIError{StatusCode: 403},
		"unauthenticated": &APIError{StatusCode: 401},
		"invalid":         &APIError{StatusCode: 400},
		"server":          &APIError{StatusCode: 500},
		"status":          &APIError{StatusCode: 404},
		"canceled":        &RetryError{Err: context.Canceled, Last: &APIError{StatusCode: 429}},
		"timeout":         &transportError{context.DeadlineExceeded},
		"connection":      &transportError{io.EOF},
		"tls":             &transportError{http.ErrSchemeMismatch},
		"too_large":       ErrResponseTooLarge,
		"decode":          &DecodeError{},
		"other":           errors.New("x"),
	} {
		assert.Equal(t, want, ErrorClass(err))
	}
}

// tracer is what an OpenTelemetry transport does: a RoundTripper that reads the
// context and reports each request.
type tracer struct {
	base  http.RoundTripper
	spans *atomic.Int32
}

func (t tracer) RoundTrip(req *http.Request) (*http.Response, error) {
	t.spans.Add(1)
	req = req.Clone(req.Context())
	req.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	return t.base.RoundTrip(req)
}

func TestMiddleware(t *testing.T) {
	t.Parallel()
	var order []string
	layer := func(name string) Option {
		return WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(req *http.Request) (*http.Response, error) {
				assert.NotEmpty(t, req.Header.Get("Authorization"), "requests are signed here")
				order = append(order, name)
				return next.RoundTrip(req)
			})
		})
	}
	var spans atomic.Int32
	rec := &recorder{}
	c := newTestClient(t, rec, layer("outer"), layer("inner"), WithMiddleware(func(next http.RoundTripper) http.RoundTripper { return tracer{next, &spans} }))
	require.NoError(t, do(t.Context(), c, &opCreate))
	assert.Equal(t, []string{"outer", "inner"}, order)
	assert.Equal(t, int32(1), spans.Load())
	assert.NotEmpty(t, rec.requests[0].Header.Get("Traceparent"))

	lost := scriptClient(t, nil, WithoutRetry(), WithTransport(roundTrip(func(*http.Request) (*http.Response, error) { return nil, nil }))) // a fault of others
	require.ErrorContains(t, do(t.Context(), lost, &opGet), "nil *Response")

	// A layer that sends by other means and reports nothing: only a failure to
	// connect is believed.
	for err, want := range map[error]int{errRefused: 3, errReset: 1, errors.New("x"): 1} {
		n := 0
		c := scriptClient(t, nil, WithTransport(roundTrip(func(*http.Request) (*http.Response, error) { n++; return nil, err })),
			WithRetry(DefaultRetryPolicy{BaseDelay: 1}))
		require.ErrorIs(t, do(t.Context(), c, &opCreate), err)
		assert.Equal(t, want, n)
	}
}

func TestErrorClassOfWaits(t *testing.T) {
	t.Parallel()
	busy := &APIError{StatusCode: 503}
	assert.Equal(t, "timeout", ErrorClass(&WaitError{Err: waitEnd(t.Context()), LastErr: busy}))
	assert.Equal(t, "canceled", ErrorClass(fmt.Errorf("x: %w", &WaitError{Err: context.Canceled, LastErr: &RetryError{Err: errReset, Last: busy}})))
	assert.Equal(t, "forbidden", ErrorClass(&WaitError{Err: &APIError{StatusCode: 403}}))
	assert.Equal(t, "server", ErrorClass(&WaitError{Err: &RetryError{Err: busy}}))
}
