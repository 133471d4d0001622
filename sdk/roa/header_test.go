package roa

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOwnedHeaders takes what arrives at a server as what client and net/http own: none of
// it, and nothing that net/http acts on, can be set by a caller.
func TestOwnedHeaders(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	c := newTestClient(t, rec)
	require.NoError(t, do(t.Context(), c, &opCreate))
	var names []string
	for name := range rec.requests[0].Header {
		names = append(names, name)
	}
	require.Subset(t, names, []string{keyAccept, "Accept-Encoding", keyAuthorization, "Content-Length", keyUserAgent, keyAcsNonce, keyAcsRegionID})
	names = append(names,
		"host", "connection", "TRANSFER-ENCODING", "te", "Trailer", "Upgrade", "Expect", "Keep-Alive", "Range", "Http2-Settings",
		"Proxy-Authorization", "Proxy-Connection", "Idempotency-Key", "X-Idempotency-Key")
	for _, name := range names {
		err := do(t.Context(), c, &opCreate, CallHeader(name, "x"))
		assert.ErrorContains(t, err, "header "+http.CanonicalHeaderKey(name)+" cannot be set by callers: ")
	}
	_, err := c.Call(t.Context(), RawRequest{Operation: "X", Method: "GET", Path: "/x", Header: map[string]string{"Accept-Encoding": "gzip"}})
	require.ErrorContains(t, err, "header Accept-Encoding cannot be set by callers: ")
	assert.Equal(t, 1, rec.count())
	require.NoError(t, do(t.Context(), c, &opCreate, CallHeader("If-None-Match", "x"), CallHeader("X-Trace", "1")))
	assert.Equal(t, "x", rec.requests[1].Header.Get("If-None-Match"))
}

// TestHeaderValues has values that HTTP has room for and others, which would be split or
// refused below.
func TestHeaderValues(t *testing.T) {
	t.Parallel()
	for value, valid := range map[string]bool{"": true, "a b": true, "a\tb": true, "~é": true, "a\nb": false, "a\rb": false, "a\x00": false, "a\x7fb": false} {
		rec := &recorder{}
		err := do(t.Context(), newTestClient(t, rec), &opGet, CallHeader("X-Trace", value))
		if !valid {
			require.ErrorContains(t, err, "header X-Trace", "%q", value)
			assert.Zero(t, rec.count())
			continue
		}
		require.NoError(t, err, "%q", value)
		assert.Equal(t, value, rec.requests[0].Header.Get("X-Trace"))
	}
}

// TestAcceptFitsResponse has a server that refuses what does not want what it sends.
func TestAcceptFitsResponse(t *testing.T) {
	t.Parallel()
	for shape, mediaType := range map[ResponseShape]string{
		ResponseText: "text/plain", ResponseObject: "application/json", ResponseArray: "application/json",
		ResponseMap: "application/json", ResponseEmpty: "application/json",
	} {
		var accepted string
		c := newTestClient(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { accepted = r.Header.Get(keyAccept) }))
		op := &Operation{Name: "X", Method: "GET", Path: "/x", Response: shape}
		require.NoError(t, c.Do(t.Context(), NewRequest(op, nil), nil, nil, nil))
		assert.True(t, strings.HasPrefix(accepted, mediaType), "%s for %d", accepted, shape)
		assert.Contains(t, accepted, "application/json", "errors are JSON")
	}
}

// TestRawContent sends and asks for other content than JSON.
func TestRawContent(t *testing.T) {
	t.Parallel()
	for _, signature := range []Signature{ACS3HMACSHA256, ROAHMACSHA1} {
		rec := &recorder{}
		c := newTestClient(t, rec, WithSignature(signature))
		in := RawRequest{Operation: "X", Method: "POST", Path: "/x", Body: []byte("a: 1"), Header: map[string]string{"accept": "text/plain", "content-type": "text/yaml"}}
		_, err := c.Call(t.Context(), in)
		require.NoError(t, err)
		assert.Equal(t, []string{"text/plain"}, rec.requests[0].Header[keyAccept])
		assert.Equal(t, []string{"text/yaml"}, rec.requests[0].Header[keyContentType])
	}
}
