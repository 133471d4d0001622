package roa

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

var opDownload = Operation{Name: "Download", Method: "GET", Path: "/files", Response: ResponseStream, Retry: RetryIdempotent}

func download(ctx context.Context, c *Client, opts ...CallOption) (ReadCloser, *Metadata, error) {
	var body ReadCloser
	md := new(Metadata)
	err := c.Do(ctx, NewRequest(&opDownload, nil), &body, md, opts)
	return body, md, err
}

func TestResponseStream(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("x", 100_000)
	var accept string
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		accept = r.Header.Get("Accept")
		w.Header().Set("X-Acs-Request-Id", "R1")
		_, _ = io.WriteString(w, large)
	}), WithMaxResponseSize(10))
	var captured []byte
	body, md, err := download(t.Context(), c, CallCaptureBody(&captured))
	require.NoError(t, err)
	assert.Equal(t, "R1", md.RequestID, "before the body is read")
	assert.Equal(t, 200, md.StatusCode)
	got, err := io.ReadAll(body)
	require.NoError(t, err)
	assert.Equal(t, large, string(got))
	require.NoError(t, body.Close())
	require.NoError(t, body.Close())
	_, err = body.Read(make([]byte, 1))
	require.Equal(t, io.EOF, err, "it was read to its end")
	assert.Nil(t, captured)
	body, _, err = download(t.Context(), c)
	require.NoError(t, err)
	require.NoError(t, body.Close())
	_, err = body.Read(make([]byte, 1))
	require.EqualError(t, err, "http: read on closed response body")
	require.NotErrorIs(t, err, context.Canceled, "nobody ended the call")
	assert.Equal(t, "*/*", accept)
}

// TestResponseStreamNeedsAPlace has nowhere to put a stream, so that nothing may be left open.
func TestResponseStreamNeedsAPlace(t *testing.T) {
	t.Parallel()
	rec := new(recorder)
	err := newTestClient(t, rec).Do(t.Context(), NewRequest(&opDownload, nil), new(string), nil, nil)
	require.EqualError(t, err, "ack: Download: cannot store a stream in a *string")
	assert.Empty(t, rec.requests, "nothing is sent")
	require.NoError(t, newTestClient(t, rec).Do(t.Context(), NewRequest(&opDownload, nil), nil, nil, nil), "nobody wants it")
}

func TestErrorsOfStreams(t *testing.T) {
	t.Parallel()
	for _, status := range []int{302, 404, 500} {
		c := newTestClient(t, answer(status, "application/json", `{"code":"NoFile","message":"none"}`))
		body, _, err := download(t.Context(), c)
		var apiErr *APIError
		require.ErrorAs(t, err, &apiErr)
		assert.Equal(t, "NoFile", apiErr.Code)
		assert.Nil(t, body)
	}
	attempts := 0
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if attempts++; attempts == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_, _ = io.WriteString(w, "data")
	}), WithRetry(DefaultRetryPolicy{BaseDelay: 1}))
	body, _, err := download(t.Context(), c)
	require.NoError(t, err)
	got, err := io.ReadAll(body)
	require.NoError(t, err)
	assert.Equal(t, "data", string(got))
	require.NoError(t, body.Close())
}

// TestStreamWithoutBody asks for what has no body: the caller gets an empty one.
func TestStreamWithoutBody(t *testing.T) {
	t.Parallel()
	for method, status := range map[string]int{"HEAD": 200, "GET": 204, "POST": 200} {
		op := opDownload
		op.Method = method
		var body ReadCloser
		md := new(Metadata)
		require.NoError(t, newTestClient(t, answer(status, "", "")).Do(t.Context(), NewRequest(&op, nil), &body, md, nil))
		got, err := io.ReadAll(body)
		require.NoError(t, err)
		assert.Empty(t, got)
		assert.Equal(t, status, md.StatusCode)
		require.NoError(t, body.Close())
	}
}

// countedBody counts how often it is closed.
type countedBody struct {
	io.Reader
	closed atomic.Int32
}

func (b *countedBody) Close() error {
	b.closed.Add(1)
	return nil
}

// respondWith returns a client whose responses have this body.
func respondWith(t *testing.T, body io.ReadCloser, opts ...Option) (c *Client, requestContext *context.Context) {
	t.Helper()
	requestContext = new(context.Context)
	transport := roundTrip(func(req *http.Request) (*http.Response, error) {
		*requestContext = req.Context()
		return &http.Response{StatusCode: http.StatusOK, Body: body, Header: http.Header{}, ContentLength: -1}, nil
	})
	c, err := NewClient(&fixtureService, append([]Option{
		WithEndpoint("example.com"), WithCredentials(StaticCredentials("id", "CANARY-secret", "")), WithTransport(transport),
	}, opts...)...)
	require.NoError(t, err)
	return c, requestContext
}

func TestStreamIsClosedOnce(t *testing.T) {
	t.Parallel()
	counted := &countedBody{Reader: strings.NewReader("abc")}
	c, sent := respondWith(t, counted)
	body, _, err := download(t.Context(), c, CallTimeout(time.Hour))
	require.NoError(t, err)
	require.NoError(t, (*sent).Err(), "the request lives on")
	assert.Zero(t, counted.closed.Load())
	require.NoError(t, body.Close())
	require.NoError(t, body.Close())
	assert.Equal(t, int32(1), counted.closed.Load())
	require.ErrorIs(t, (*sent).Err(), context.Canceled, "nothing is left of the call")

	counted = &countedBody{Reader: strings.NewReader("abc")}
	c, sent = respondWith(t, counted)
	body, _, err = download(t.Context(), c)
	require.NoError(t, err)
	got, err := io.ReadAll(body)
	require.NoError(t, err)
	assert.Equal(t, "abc", string(got))
	require.ErrorIs(t, (*sent).Err(), context.Canceled, "nothing is left once all was read")
	require.NoError(t, body.Close())
	assert.Equal(t, int32(1), counted.closed.Load())
}

func TestStreamIsClosedWhenAHookPanics(t *testing.T) {
	t.Parallel()
	counted := &countedBody{Reader: strings.NewReader("abc")}
	c, sent := respondWith(t, counted, WithAttemptHook(func(Attempt) { panic("hook") })) //nolint:forbidigo // hooks are foreign code
	assert.PanicsWithValue(t, "hook", func() { _, _, _ = download(t.Context(), c) })
	assert.Equal(t, int32(1), counted.closed.Load())
	require.Error(t, (*sent).Err())
}

func TestReadingOfStreamFails(t *testing.T) {
	t.Parallel()
	cause := errors.New("line cut, CANARY-secret")
	c, _ := respondWith(t, io.NopCloser(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(cause))), WithRetry(DefaultRetryPolicy{BaseDelay: 1}))
	body, _, err := download(t.Context(), c)
	require.NoError(t, err)
	got, err := io.ReadAll(body)
	assert.Equal(t, "abc", string(got))
	const want = "ack: Download: read response: line cut, [REDACTED]"
	require.EqualError(t, err, want)
	_, err = body.Read(make([]byte, 1))
	require.EqualError(t, err, want, "again")
	require.NoError(t, body.Close())
}

// TestTimeoutCoversTheStream reads a body that does not come before the call is over.
func TestTimeoutCoversTheStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var ctx *context.Context
		stalled := readerFunc(func([]byte) (int, error) {
			<-(*ctx).Done()
			return 0, (*ctx).Err()
		})
		var c *Client
		c, ctx = respondWith(t, io.NopCloser(stalled))
		body, _, err := download(t.Context(), c, CallTimeout(time.Minute))
		require.NoError(t, err)
		start := time.Now()
		_, err = body.Read(make([]byte, 1))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, time.Minute, time.Since(start))
		require.NoError(t, body.Close())

		callCtx, cancel := context.WithCancel(t.Context())
		body, _, err = download(callCtx, c)
		require.NoError(t, err)
		cancel()
		_, err = body.Read(make([]byte, 1))
		require.ErrorIs(t, err, context.Canceled)
		require.NoError(t, body.Close())
	})
}

// TestStreamLeavesNothing closes a body in the middle.
func TestStreamLeavesNothing(t *testing.T) { //nolint:paralleltest // looks for goroutines that are left
	before := goleak.IgnoreCurrent()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 1000 {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	}))
	c, err := NewClient(&fixtureService, WithEndpoint(srv.URL), WithPlainHTTP(), WithCredentials(StaticCredentials("id", "secret", "")))
	require.NoError(t, err)
	for range 3 {
		body, _, err := download(t.Context(), c)
		require.NoError(t, err)
		_, err = io.ReadFull(body, make([]byte, 10))
		require.NoError(t, err)
		require.NoError(t, body.Close())
	}
	c.CloseIdleConnections()
	srv.Close()
	goleak.VerifyNone(t, before)
}

// TestStreamsInBothDirections responds while the request is still being sent.
func TestStreamsInBothDirections(t *testing.T) {
	t.Parallel()
	op := Operation{Name: "Echo", Method: "POST", Path: "/echo", Response: ResponseStream}
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.NoError(t, http.NewResponseController(w).EnableFullDuplex())
		w.WriteHeader(http.StatusOK)
		assert.NoError(t, http.NewResponseController(w).Flush())
		_, _ = io.Copy(w, r.Body)
	}))
	want := strings.Repeat("0123456789abcdef", 1<<16)
	req := NewRequest(&op, nil)
	req.Stream(strings.NewReader(want))
	var body ReadCloser
	require.NoError(t, c.Do(t.Context(), req, &body, nil, nil))
	got, err := io.ReadAll(body)
	require.NoError(t, err)
	assert.True(t, want == string(got), "all of %d bytes, not %d", len(want), len(got))
	require.NoError(t, body.Close())
}

func TestHandedOnStreamIsNotDumped(t *testing.T) {
	t.Parallel()
	for length, want := range map[string]string{"6": "[stream of 6 bytes]", "": "[stream]"} {
		var out bytes.Buffer
		c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if length != "" {
				w.Header().Set("Content-Length", length)
			}
			_, _ = io.WriteString(w, "CAN")
			assert.NoError(t, http.NewResponseController(w).Flush())
			_, _ = io.WriteString(w, "ARY")
		}), WithDump(&out))
		body, _, err := download(t.Context(), c)
		require.NoError(t, err)
		got, err := io.ReadAll(body)
		require.NoError(t, err)
		require.NoError(t, body.Close())
		assert.Equal(t, "CANARY", string(got))
		assert.NotContains(t, out.String(), "CANARY")
		assert.Contains(t, out.String(), fmt.Sprintf("\n<\n< %s\n", want))
	}
}
