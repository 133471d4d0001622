package acktest

import (
	"errors"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

const (
	testID     = "test-id"
	testSecret = "test-secret"
)

// newSmall starts a server of the small spec that accepts testID.
func newSmall(t *testing.T, opts ...Option) *Server {
	t.Helper()
	document, err := os.ReadFile("internal/gateway/testdata/small.yaml")
	require.NoError(t, err)
	srv, err := Start(append(opts, WithSpec(document), WithCredentials(testID, testSecret, ""))...)
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	return srv
}

// TestTextInPaths calls operations whose paths hold what a URL cannot: the client signs the form that it sends.
func TestTextInPaths(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	for _, signature := range []roa.Signature{roa.ACS3HMACSHA256, roa.ROAHMACSHA1} {
		client := srv.Client(t, roa.WithSignature(signature))
		for _, in := range []roa.RawRequest{
			{Operation: "StopThing", Method: "POST", Path: "/things/{Id}:stop", PathParams: map[string]string{"Id": "a:b"}},
			{Operation: "CompareThings", Method: "GET", Path: "/things in ü/{From}-{To}", PathParams: map[string]string{"From": "a", "To": "b"}},
		} {
			_, err := client.Call(t.Context(), in)
			require.NoError(t, err)
		}
	}
	var paths []string
	for _, req := range srv.Requests() {
		paths = append(paths, req.Path)
	}
	assert.Equal(t, []string{"/things/a%3Ab%3Astop", "/things%20in%20%C3%BC/a-b", "/things/a%3Ab%3Astop", "/things%20in%20%C3%BC/a-b"}, paths)
}

func TestRequestsAreBounded(t *testing.T) {
	t.Parallel()
	var j journal
	for i := range maxRequests + 1 {
		j.record(Request{Path: strconv.Itoa(i)})
	}
	got := j.list()
	assert.LessOrEqual(t, len(got), maxRequests)
	assert.Equal(t, strconv.Itoa(maxRequests), got[len(got)-1].Path)
}

func TestRespond(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	status := func(opts ...roa.Option) (*roa.RawResponse, error) {
		client := srv.Client(t, append(opts, roa.WithoutRetry())...)
		return client.Call(t.Context(), roa.RawRequest{Operation: "DescribeStatus", Method: "GET", Path: "/things/status"})
	}
	header := http.Header{"x-acs-request-id": {"MINE"}, "X-Ratelimit-User": {"Limit:1,Remain:0,TimeLeft:2"}}
	srv.Respond("DescribeStatus", Response{Status: 429, Header: header, Body: `{"code":"Throttling.User"}`})
	header.Set("X-Ratelimit-User", "changed later")
	srv.Respond("DescribeStatus", Response{Drift: true, Body: "<html>", Header: http.Header{"Content-Type": {"text/html"}}})

	_, err := status(roa.WithCredentials(roa.StaticCredentials(testID, "wrong", "")))
	assert.ErrorContains(t, err, "SignatureDoesNotMatch", "a script does not get around the signature")
	_, err = srv.Client(t).Call(t.Context(), roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"})
	require.NoError(t, err)

	_, err = status()
	first, ok := errors.AsType[*roa.APIError](err)
	require.True(t, ok, "got %v", err)
	assert.Equal(t, []any{429, "Throttling.User", "MINE"}, []any{first.StatusCode, first.Code, first.RequestID})
	assert.Equal(t, "Limit:1,Remain:0,TimeLeft:2", first.Header.Get("X-Ratelimit-User"))
	assert.Equal(t, "application/json", first.Header.Get("Content-Type"))
	second, err := status()
	require.NoError(t, err)
	assert.Equal(t, []any{200, "<html>", "text/html"}, []any{second.StatusCode, string(second.Body), second.Header.Get("Content-Type")})
	third, err := status()
	require.NoError(t, err)
	assert.JSONEq(t, `{"a":"running"}`, string(third.Body))

	requests := srv.Requests()
	assert.Equal(t, "MINE", requests[2].RequestID)
	assert.Equal(t, []string{"", testID}, []string{requests[0].Caller, requests[2].Caller})
	assert.PanicsWithError(t, "acktest: script response: the spec has no operation describeStatus; did you mean DescribeStatus?",
		func() { srv.Respond("describeStatus", Response{}) })
	assert.PanicsWithError(t, "acktest: script response of DescribeStatus: status 99 is not between 200 and 599",
		func() { srv.Respond("DescribeStatus", Response{Status: 99}) })
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	const workers, each = 8, 12
	ids := make(chan string, workers*each)
	var wg sync.WaitGroup
	for w := range workers {
		client := srv.Client(t, roa.WithSignature(signatures[w%2]))
		wg.Go(func() {
			for i := range each {
				in := roa.RawRequest{Operation: "CreateThing", Method: "POST", Path: "/things", Body: map[string]any{"name": "n"}}
				if i%3 == 0 {
					srv.Respond("DeleteThing", Response{Status: 202})
					in = roa.RawRequest{Operation: "DeleteThing", Method: "DELETE", Path: "/things/1"}
				}
				out, err := client.Call(t.Context(), in)
				if assert.NoError(t, err) {
					assert.Equal(t, http.StatusAccepted, out.StatusCode)
					ids <- out.RequestID
				}
				_ = srv.Requests()
			}
		})
	}
	wg.Wait()
	close(ids)
	distinct := make(map[string]bool)
	for id := range ids {
		distinct[id] = true
	}
	assert.Len(t, distinct, workers*each)
	assert.Len(t, srv.Requests(), workers*each)
}

func TestOptionErrors(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]Option{
		"id or secret is empty": {WithCredentials("", "s", "")},
		"is given twice":        {WithCredentials("a", "s", ""), WithCredentials("a", "s", "")},
		"the function is nil":   {WithDateClock(nil)},
	} {
		srv, err := Start(opts...)
		assert.ErrorContains(t, err, name)
		assert.Nil(t, srv)
	}
}

func TestCloseTwice(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	srv.Close()
	srv.Close()
	client := srv.Client(t, roa.WithoutRetry())
	_, err := client.Call(t.Context(), roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"})
	assert.Error(t, err)
}

func TestWithSpecErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":             "acktest.WithSpec: load spec: the document does not say openapi",
		"a: [":         "acktest.WithSpec: load spec",
		"swagger: 2.0": "Swagger 2.0 has to be converted before",
		"{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {}}": "the document has no operation",
	} {
		srv, err := Start(WithSpec([]byte(text)))
		assert.ErrorContains(t, err, want)
		assert.Nil(t, srv)
	}
}
