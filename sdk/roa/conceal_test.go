package roa

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// leaks lists the ways in which a server can say something back, with the place of the
// text as %s.
var leaks = map[string]string{
	"not HTTP":               "%s\r\n\r\n",
	"first line":             "HTTP/1.1 2x0 %s\r\n\r\n",
	"version":                "HTTP/%s 200 OK\r\n\r\n",
	"header without colon":   "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
	"length":                 "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
	"transfer encoding":      "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n",
	"chunk length":           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
	"trailer":                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n0\r\n%s\r\n\r\n",
	"request id of an error": "HTTP/1.1 400 X\r\nX-Acs-Request-Id: %s\r\nContent-Length: 0\r\n\r\n",
	"request id, no JSON":    "HTTP/1.1 200 OK\r\nX-Acs-Request-Id: %s\r\nContent-Length: 1\r\n\r\n<",
	"request id, cut off":    "HTTP/1.1 200 OK\r\nX-Acs-Request-Id: %s\r\nContent-Length: 9\r\n\r\n{",
	"request id in the body": "HTTP/1.1 200 OK\r\n\r\n{\"requestId\":\"%s\",\"count\":[]}",
	"id of an error's body":  "HTTP/1.1 400 X\r\n\r\n{\"requestId\":\"%s\"}",
	"header of an error":     "HTTP/1.1 400 X\r\nX-Echo: a %s b\r\nWww-Authenticate: %s\r\n\r\n",
	"code":                   "HTTP/1.1 400 X\r\n\r\n{\"code\":\"%s\"}",
	"code and more":          "HTTP/1.1 400 X\r\n\r\n{\"code\":\"Wrong %s here\"}",
	"message":                "HTTP/1.1 400 X\r\n\r\n{\"code\":\"X\",\"message\":\"the text %s is weak\"}",
	"message of XML":         "HTTP/1.1 400 X\r\n\r\n<Error><Code>X</Code><Message>%s</Message></Error>",
	"denied detail":          "HTTP/1.1 403 X\r\n\r\n{\"accessDeniedDetail\":{\"a\":[{\"%s\":\"%s\"}]}}",
	"code of a success":      "HTTP/1.1 200 X\r\n\r\n{\"code\":\"%s\"}",
	"name":                   "HTTP/1.1 200 X\r\n\r\n{\"id\":\"x\",\"%s\":1}",
	"name, cut off":          "HTTP/1.1 200 X\r\n\r\n{\"a\":{\"%s\":",
	"id of a success":        "HTTP/1.1 200 X\r\nX-Acs-Request-Id: %s\r\n\r\n{\"id\":\"x\"}",
	"plain text":             "HTTP/1.1 500 X\r\n\r\n%s",
	"redirect":               "HTTP/1.1 302 X\r\nLocation: https://h/?t=%s\r\n\r\n",
}

// TestErrorsHoldNoSecrets has servers that quote what is secret in a request.
func TestErrorsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	const token, password, key = "CANARY-tok/+=00000000000", "CANARY#pw 1", "CANARYkeySecret0123456789"
	for name, leak := range leaks {
		for form, quoted := range map[string]string{
			"token": token, "escaped token": url.QueryEscape(token), "twice": url.QueryEscape(url.QueryEscape(token)),
			"secret of the body": password, "escaped secret": url.PathEscape(password), "key": key,
			"secret of the query": "CANARYquery", "secret of a body field": "CANARYfield00",
		} {
			t.Run(name+" "+form, func(t *testing.T) {
				t.Parallel()
				s := startFaultServer(t, raw(strings.ReplaceAll(leak, "%s", quoted)))
				defer s.stop()
				var log bytes.Buffer
				c, err := NewClient(&fixtureService, WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP(),
					WithCredentials(StaticCredentials(testKeyID, key, token)), WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
				require.NoError(t, err)
				req := NewRequest(&opCreate, nil)
				req.Body(&thing{ID: "x", Password: password})
				req.Query("q", Secret("CANARYquery"))
				out := new(thing)
				err = c.Do(t.Context(), req, out, &out.Metadata, []CallOption{CallBodyField("free", Secret("CANARYfield00"))})
				if err != nil {
					checkHidden(t, err)
				}
				assert.NotContains(t, log.String(), "CANARY")
				assert.NotContains(t, fmt.Sprintf("%+v", out.Metadata), "CANARY")
			})
		}
	}
}

// checkHidden looks into an error and all that it wraps.
func checkHidden(t *testing.T, err error) {
	t.Helper()
	assert.NotContains(t, err.Error(), "\n")
	assert.Less(t, len(err.Error()), 1500)
	for err != nil {
		assert.NotContains(t, fmt.Sprintf("%v %+v", err, err), "CANARY")
		if apiErr, ok := err.(*APIError); ok { //nolint:errorlint // looks at each layer
			assert.NotContains(t, fmt.Sprintf("%+v", *apiErr), "CANARY")
			assert.NotContains(t, string(apiErr.Body), "CANARY")
		}
		if decodeErr, ok := err.(*DecodeError); ok { //nolint:errorlint // looks at each layer
			assert.NotContains(t, fmt.Sprintf("%+v", decodeErr.Metadata), "CANARY")
		}
		err = errors.Unwrap(err)
	}
}

// TestErrorsAreShort has servers, and layers of the caller, that say far too much.
func TestErrorsAreShort(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x\ty", 300<<10)
	for name, leak := range leaks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startFaultServer(t, raw(strings.ReplaceAll(leak, "%s", long)))
			defer s.stop()
			c, err := NewClient(&fixtureService, WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP(),
				WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)))
			require.NoError(t, err)
			if err := c.Do(t.Context(), NewRequest(&opCreate, nil), new(thing), nil, nil); err != nil {
				checkHidden(t, err)
				assert.NotContains(t, err.Error(), "\t")
			}
		})
	}
	cause := fmt.Errorf("many\nlines: %w: %s", tls.RecordHeaderError{Msg: "x"}, long)
	c := scriptClient(t, nil, WithTransport(roundTrip(func(*http.Request) (*http.Response, error) { return nil, cause })))
	err := do(t.Context(), c, &opGet)
	checkText := err.Error()
	assert.Less(t, len(checkText), 1500)
	assert.NotContains(t, checkText, "\n")
	require.ErrorIs(t, err, cause, "what is only long can still be found")
	assert.Equal(t, "tls", ErrorClass(err))
}

// TestUsefulErrorsStay checks that words which are secret in a request by chance do not
// break what programs look at, and that causes can be found.
func TestUsefulErrorsStay(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, answer(404, "", `{"code":"ErrorNodePoolNotFound","message":"no message"}`))
	req := NewRequest(&opCreate, nil)
	req.Body(map[string]any{"a": []Secret{"code", "message", "Node", "NotFound", "true", "a"}})
	err := c.Do(t.Context(), req, nil, nil, nil)
	require.ErrorIs(t, err, Code("ErrorNodePoolNotFound"))
	require.ErrorIs(t, err, ErrNotFound)
	require.EqualError(t, err, "ack: CreateThing: 404 ErrorNodePoolNotFound: no [REDACTED]")

	for _, cause := range []error{io.ErrUnexpectedEOF, &net.OpError{Op: "read", Err: net.ErrClosed}} {
		c := scriptClient(t, &script{steps: []step{{err: cause}}}, WithoutRetry())
		assert.ErrorIs(t, do(t.Context(), c, &opGet), cause)
	}
	header := http.Header{"X-A": {"CANARY", "b"}}
	var m masker
	m.keep("CANARY")
	assert.Equal(t, http.Header{"X-A": {redacted, "b"}}, m.cleanHeader(header))
	assert.Equal(t, http.Header{"X-A": {"CANARY", "b"}}, header, "it may be shared")
}
