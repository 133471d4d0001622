package roa

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRawCall(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{{status: 200, body: " {\"a\":1}\n", header: http.Header{"X-Acs-Request-Id": {"R"}}}}}
	c := scriptClient(t, s)
	out, err := c.Call(t.Context(), RawRequest{
		Operation: "DescribeNew", Method: "POST", Path: "/things/{id}/new",
		PathParams: map[string]string{"id": "a/b"}, Query: map[string]string{"q": "1 2"},
		Header: map[string]string{"x-acs-source-ip": "10.0.0.1"}, Body: map[string]any{"n": 1},
	}, CallQuery("r", "3"))
	require.NoError(t, err)
	assert.Equal(t, " {\"a\":1}\n", string(out.Body))
	assert.Equal(t, "R", out.RequestID)
	assert.Equal(t, 200, out.StatusCode)
	req := s.requests[0]
	assert.Equal(t, "https://cs.cn-beijing.aliyuncs.com/things/a%2Fb/new?q=1%202&r=3", req.URL.String())
	assert.Equal(t, "POST", req.Method)
	assert.Equal(t, "DescribeNew", req.Header.Get(keyAcsAction))
	assert.Contains(t, req.Header.Get(keyAuthorization), ";x-acs-source-ip")
	assert.Equal(t, `{"n":1}`, bodyOf(t, req))

	_, err = c.Call(t.Context(), RawRequest{Operation: "X", Method: "PUT", Path: "/x", Body: []byte("as it is")})
	require.NoError(t, err)
	assert.Equal(t, "as it is", bodyOf(t, s.requests[1]))

	s.steps = []step{{status: 200}}
	out, err = c.Call(t.Context(), RawRequest{Operation: "X", Method: "GET", Path: "/x"})
	require.NoError(t, err)
	assert.Empty(t, out.Body)
	assert.Nil(t, s.requests[2].Body)
}

func bodyOf(t *testing.T, req *http.Request) string {
	t.Helper()
	data := make([]byte, 100)
	n, _ := req.Body.Read(data)
	return string(data[:n])
}

func TestRawCallRetries(t *testing.T) {
	t.Parallel()
	for in, want := range map[*RawRequest]int{
		{Operation: "X", Method: "GET", Path: "/x"}:                          3,
		{Operation: "X", Method: "POST", Path: "/x"}:                         1,
		{Operation: "X", Method: "POST", Path: "/x", Retry: RetryToken}:      3,
		{Operation: "X", Method: "POST", Path: "/x", Retry: RetryIdempotent}: 3,
	} {
		s := &script{steps: []step{{status: 503, body: "busy"}}}
		_, err := scriptClient(t, s, WithRetry(DefaultRetryPolicy{BaseDelay: 1})).Call(t.Context(), *in)
		require.ErrorIs(t, err, ErrServer)
		assert.Len(t, s.requests, want)
	}
}

func TestRawCallRejects(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{stepOK}}
	c := scriptClient(t, s)
	for want, in := range map[string]RawRequest{
		`ack: call "": operation is no name: want the one in the documents, such as DescribeClusterDetail`:    {Method: "GET", Path: "/x"},
		`ack: call "a b": operation is no name: want the one in the documents, such as DescribeClusterDetail`: {Operation: "a\nb", Method: "GET", Path: "/x"},
		`ack: call "X": method "get" is malformed: want upper case`:                                           {Operation: "X", Method: "get", Path: "/x"},
		`ack: call "X": method "" is malformed: want upper case`:                                              {Operation: "X", Path: "/x"},
		`ack: X: path "x" does not start with a slash`:                                                        {Operation: "X", Method: "GET", Path: "x"},
		`ack: X: path "/x?a=1" holds '?': values after it are query parameters`:                               {Operation: "X", Method: "GET", Path: "/x?a=1"},
		`ack: X: path "/%2e" holds an escape: write the character itself, or use a path parameter`:            {Operation: "X", Method: "GET", Path: "/%2e"},
		`ack: X: path "/x/../y" has a dot segment`:                                                            {Operation: "X", Method: "GET", Path: "/x/../y"},
		`ack: X: path parameter "id" is not set`:                                                              {Operation: "X", Method: "GET", Path: "/{id}"},
		`ack: X: path parameter "id" is empty`:                                                                {Operation: "X", Method: "GET", Path: "/{id}", PathParams: map[string]string{"id": ""}},
		`ack: X: header Authorization cannot be set by callers: the signature sets it`:                        {Operation: "X", Method: "GET", Path: "/x", Header: map[string]string{"authorization": "x"}},
	} {
		out, err := c.Call(t.Context(), in)
		assert.Nil(t, out)
		assert.EqualError(t, err, want)
	}
	assert.Empty(t, s.requests)
}

func TestCallCaptureBody(t *testing.T) {
	t.Parallel()
	body := []byte("old")
	for name, tt := range map[string]struct {
		op   *Operation
		step step
		want string
	}{
		"object":      {&opGet, step{status: 200, body: ` {"id":"x"}`}, ` {"id":"x"}`},
		"empty":       {&opDelete, step{status: 200, body: "ignored"}, "ignored"},
		"error":       {&opGet, step{status: 404, body: "gone"}, "gone"},
		"not json":    {&opGet, step{status: 200, body: "<html>"}, "<html>"},
		"no response": {&opGet, step{err: errReset}, ""},
	} {
		c := scriptClient(t, &script{steps: []step{tt.step}}, WithoutRetry())
		_ = do(t.Context(), c, tt.op, CallCaptureBody(&body))
		assert.Equal(t, tt.want, string(body), name)
	}
	again := &script{steps: []step{{status: 503, body: "busy"}, {err: errReset}}}
	_ = do(t.Context(), scriptClient(t, again, WithRetry(DefaultRetryPolicy{BaseDelay: 1})), &opGet, CallCaptureBody(&body))
	assert.Nil(t, body, "the last attempt had no response")
	_ = do(t.Context(), scriptClient(t, &script{steps: []step{{err: errReset}}}), &opCreate, CallCaptureBody(&body))
	assert.Nil(t, body)
	require.NoError(t, do(t.Context(), scriptClient(t, &script{steps: []step{stepOK}}), &opGet, CallCaptureBody(nil)))
	for want, o := range map[string]CallOption{"CallCaptureBody()": CallCaptureBody(&body), "CallWithoutRetry()": CallWithoutRetry()} {
		assert.Equal(t, want, o.String())
	}
}
