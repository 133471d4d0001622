package gateway

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A vector is one request as the official runtime signed it.
type vector struct {
	Name          string            `json:"name"`
	Algorithm     string            `json:"algorithm"`
	ID            string            `json:"access_key_id"`
	Secret        string            `json:"access_key_secret"`
	Method        string            `json:"method"`
	Path          string            `json:"escaped_path"`
	Query         map[string]string `json:"query"`
	Headers       map[string]string `json:"headers"`
	Body          string            `json:"body"`
	StringToSign  string            `json:"string_to_sign"`
	Authorization string            `json:"authorization"`
}

func readVectors(t *testing.T) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/signature-vectors.json")
	require.NoError(t, err)
	var vectors []vector
	require.NoError(t, json.Unmarshal(data, &vectors))
	require.Len(t, vectors, 24)
	return vectors
}

func (v vector) received() *received {
	q := &received{
		method: v.Method, path: v.Path, query: make(url.Values), host: v.Headers["host"], header: make(http.Header), body: []byte(v.Body),
	}
	for name, value := range v.Query {
		q.query.Set(name, value)
	}
	for name, value := range v.Headers {
		if name != "host" {
			q.header.Set(name, value)
		}
	}
	q.header.Set("Authorization", v.Authorization)
	return q
}

func (v vector) verifier() *Verifier {
	now := func() time.Time { return time.Date(2026, 11, 22, 3, 10, 0, 0, time.UTC) }
	return NewVerifier([]Credential{{ID: v.ID, Secret: v.Secret, Token: v.Headers["x-acs-security-token"]}}, "2015-12-15", now)
}

func TestVectorsAreAccepted(t *testing.T) {
	t.Parallel()
	for _, v := range readVectors(t) {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			if v.StringToSign != "" {
				assert.Equal(t, v.StringToSign, roaStringToSign(v.received()))
			}
			caller, f := v.verifier().verify(v.received(), v.Headers["x-acs-action"])
			assert.Nil(t, f)
			assert.Equal(t, v.ID, caller.AccessKeyID)
		})
	}
}

func TestChangedVectorsAreRefused(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*received){
		"method":        func(q *received) { q.method = "PATCH" },
		"path":          func(q *received) { q.path += "x" },
		"query added":   func(q *received) { q.query.Set("added", "1") },
		"header added":  func(q *received) { q.header.Set("X-Acs-Added", "1") },
		"nonce":         func(q *received) { q.header.Set("X-Acs-Signature-Nonce", "other") },
		"accept or not": func(q *received) { q.header.Set("Accept", "text/html"); q.host = "other.example" },
	}
	for _, v := range readVectors(t) {
		for name, change := range changes {
			t.Run(v.Name+" "+name, func(t *testing.T) {
				t.Parallel()
				q := v.received()
				change(q)
				_, f := v.verifier().verify(q, v.Headers["x-acs-action"])
				require.NotNil(t, f)
				assert.Contains(t, []string{"SignatureDoesNotMatch", "IncompleteSignature"}, f.Code)
				assert.False(t, strings.Contains(f.Message, v.Secret))
			})
		}
	}
}

func TestSignatureRefusals(t *testing.T) {
	t.Parallel()
	good := call{method: "GET", path: "/things/status", action: "DescribeStatus"}
	drop := func(name string) func(http.Header) { return func(h http.Header) { h.Del(name) } }
	set := func(name, value string) func(http.Header) { return func(h http.Header) { h.Set(name, value) } }
	sent := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := []struct {
		name   string
		change func(*call)
		status int
		code   string
		text   string
	}{
		{"unknown access key", func(c *call) { c.id = "other" }, 404, "InvalidAccessKeyId.NotFound", ""},
		{"wrong secret", func(c *call) { c.secret = "other" }, 400, "SignatureDoesNotMatch", "server"},
		{"no authorization", func(c *call) { c.after = func(r *http.Request) { r.Header.Del("Authorization") } }, 400, "MissingAccessKeyId", ""},
		{"other scheme", func(c *call) { c.after = sent("Authorization", "Bearer abc") }, 400, "IncompleteSignature", ""},
		{"no version", func(c *call) { c.before = drop("X-Acs-Version") }, 400, "MissingParameter", "x-acs-version"},
		{"other version", func(c *call) { c.before = set("X-Acs-Version", "2014-01-01") }, 400, "InvalidVersion", "2015-12-15"},
		{"other action", func(c *call) { c.action = "DeleteThing" }, 404, "InvalidAction.NotFound", "DescribeStatus"},
		{"old", func(c *call) { c.date = time.Now().Add(-16 * time.Minute) }, 400, "InvalidTimeStamp.Expired", ""},
		{"from the future", func(c *call) { c.date = time.Now().Add(16 * time.Minute) }, 400, "InvalidTimeStamp.Expired", ""},
		{"wrong body hash", func(c *call) { c.before = set("X-Acs-Content-Sha256", "00") }, 400, "ContentSha256NotMatched", ""},
		{"wrong md5", func(c *call) { c.before = set("Content-Md5", "AAAA") }, 400, "ContentMD5NotMatched", ""},
		{"token nobody asked for", func(c *call) { c.token = "t" }, 400, "InvalidSecurityToken.MismatchWithAccessKey", ""},
		{"header after signing", func(c *call) { c.after = sent("X-Acs-Late", "1") }, 400, "", "x-acs-late"},
		{"header twice", func(c *call) { c.after = func(r *http.Request) { r.Header.Add("X-Acs-Version", "2") } }, 400,
			"IncompleteSignature", "more than once"},
		{"other key id header", func(c *call) { c.before = set("X-Acs-Accesskey-Id", "other") }, 400, "InvalidAccessKeyId.Inactive", ""},
	}
	srv := newSmall(t)
	for _, tt := range tests {
		for _, roa := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{false: " ACS3", true: " ROA"}[roa], func(t *testing.T) {
				t.Parallel()
				c := good
				c.roa = roa
				tt.change(&c)
				out := c.do(t, srv)
				assert.Equal(t, tt.status, out.status)
				if tt.code != "" {
					assert.Equal(t, tt.code, out.code)
				}
				assert.Regexp(t, tt.text, out.message)
				assert.False(t, strings.Contains(out.body, testSecret))
			})
		}
	}
}

func TestACS3Refusals(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	edit := func(old, replacement string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, replacement, 1))
		}
	}
	tests := []struct {
		name, code, text string
		after            func(*http.Request)
	}{
		{"header not signed", "IncompleteSignature", "host is not in", edit("SignedHeaders=host;", "SignedHeaders=")},
		{"not sorted", "IncompleteSignature", "sorted", edit("SignedHeaders=host;x-acs-action", "SignedHeaders=x-acs-action;host")},
		{"not sent", "IncompleteSignature", "accept-x", edit("SignedHeaders=host;", "SignedHeaders=accept-x;host;")},
		{"not lower-case", "IncompleteSignature", "are sent: X-Acs-Action", edit("SignedHeaders=host;x-acs-action", "SignedHeaders=X-Acs-Action;host")},
		{"named twice", "IncompleteSignature", "once", edit("SignedHeaders=host;", "SignedHeaders=host;host;")},
		{"no signature", "IncompleteSignature", "Signature", edit(",Signature=", ",Sign=")},
		{"part twice", "IncompleteSignature", "twice", edit(",Signature=", ",Credential=x,Signature=")},
		{"no action", "MissingParameter", "x-acs-action", func(r *http.Request) { r.Header.Del("X-Acs-Action") }},
		{"no date", "MissingParameter", "x-acs-date", func(r *http.Request) { r.Header.Del("X-Acs-Date") }},
		{"bad date", "InvalidTimeStamp.Format", "x-acs-date", func(r *http.Request) { r.Header.Set("X-Acs-Date", "yesterday") }},
		{"two authorizations", "IncompleteSignature", "more than one", func(r *http.Request) { r.Header.Add("Authorization", "x") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := call{method: "GET", path: "/things/status", action: "DescribeStatus", after: tt.after}.do(t, srv)
			assert.Equal(t, http.StatusBadRequest, out.status)
			assert.Equal(t, tt.code, out.code)
			assert.Contains(t, out.message, tt.text)
		})
	}
}

func TestROARefusals(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	tests := []struct {
		name, code, text string
		before           func(http.Header)
		after            func(*http.Request)
	}{
		{"no date", "MissingParameter", "date", func(h http.Header) { h.Del("Date") }, nil},
		{"bad date", "InvalidTimeStamp.Format", "date", func(h http.Header) { h.Set("Date", "2026-11-22") }, nil},
		{"other method", "InvalidSignatureMethod", "HMAC-SHA1", func(h http.Header) { h.Set("X-Acs-Signature-Method", "HMAC-SHA256") }, nil},
		{"no colon", "IncompleteSignature", "acs", nil, func(r *http.Request) { r.Header.Set("Authorization", "acs abc") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := call{method: "GET", path: "/things/status", roa: true, before: tt.before, after: tt.after}.do(t, srv)
			assert.Equal(t, http.StatusBadRequest, out.status)
			assert.Equal(t, tt.code, out.code)
			assert.Contains(t, out.message, tt.text)
		})
	}
}

func TestMismatchShowsTheStringToSign(t *testing.T) {
	t.Parallel()
	srv := newSmall(t, withCredentials("sts-id", "sts-secret", "sts-token"))
	for _, roa := range []bool{true, false} {
		c := call{method: "GET", path: "/things/status", action: "DescribeStatus", id: "sts-id", secret: "wrong", token: "sts-token", roa: roa}
		out := c.do(t, srv)
		assert.Equal(t, "SignatureDoesNotMatch", out.code)
		assert.Contains(t, out.message, "GET\n")
		assert.Contains(t, out.message, "x-acs-security-token:[REDACTED]\n")
		assert.Contains(t, out.message, "/things/status")
		assert.False(t, strings.Contains(out.body, "sts-token"), "the token is in the response")
		assert.False(t, strings.Contains(out.body, "sts-secret"), "the secret is in the response")
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	srv := newSmall(t, withCredentials("sts-id", "sts-secret", "sts-token"))
	good := call{method: "GET", path: "/things/status", action: "DescribeStatus", id: "sts-id", secret: "sts-secret", token: "sts-token"}
	for _, roa := range []bool{true, false} {
		good.roa = roa
		assert.Equal(t, http.StatusOK, good.do(t, srv).status)
		without, other := good, good
		without.token = ""
		other.token = "other"
		assert.Equal(t, "MissingSecurityToken", without.do(t, srv).code)
		assert.Equal(t, "InvalidSecurityToken.MismatchWithAccessKey", other.do(t, srv).code)
	}
}

// The nonce is optional for HMAC-SHA1 only.
func TestNoNonce(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	c := call{method: "GET", path: "/things/status", action: "DescribeStatus", before: func(h http.Header) { h.Del("X-Acs-Signature-Nonce") }}
	refused := c.do(t, srv)
	assert.Equal(t, "MissingParameter", refused.code)
	assert.Contains(t, refused.message, "x-acs-signature-nonce")
	c.roa = true
	assert.Equal(t, http.StatusOK, c.do(t, srv).status)
	assert.Equal(t, http.StatusOK, c.do(t, srv).status, "requests without a nonce are not copies of each other")
}

func TestNonces(t *testing.T) {
	t.Parallel()
	var now time.Time
	srv := newSmall(t, withClock(func() time.Time { return now }), withCredentials("second", "second-secret", ""))
	nonce := func(h http.Header) { h.Set("X-Acs-Signature-Nonce", "same") }
	at := func(when time.Time, id, secret string) outcome {
		now = when
		return call{method: "GET", path: "/things/status", action: "DescribeStatus", id: id, secret: secret, date: when, before: nonce}.do(t, srv)
	}
	begin := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

	assert.Equal(t, "SignatureDoesNotMatch", at(begin, testID, "wrong").code)
	assert.Equal(t, http.StatusOK, at(begin, testID, testSecret).status, "a refused request must not use up its nonce")
	assert.Equal(t, "SignatureNonceUsed", at(begin, testID, testSecret).code)
	assert.Equal(t, http.StatusOK, at(begin, "second", "second-secret").status, "nonces belong to an access key")
	assert.Equal(t, "SignatureNonceUsed", at(begin.Add(15*time.Minute), testID, testSecret).code)
	assert.Equal(t, http.StatusOK, at(begin.Add(15*time.Minute+time.Second), testID, testSecret).status)
	assert.LessOrEqual(t, len(srv.handler.Verifier.nonces), 2, "old nonces must be forgotten")
}

// TestNoncesOfTheFuture uses a nonce in a request that is dated ahead of the clock: the
// nonce counts as long as the request would be accepted again.
func TestNoncesOfTheFuture(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	date := now.Add(10 * time.Minute)
	srv := newSmall(t, withClock(func() time.Time { return now }))
	c := call{method: "GET", path: "/things/status", action: "DescribeStatus", date: date, before: func(h http.Header) {
		h.Set("X-Acs-Signature-Nonce", "same")
	}}
	assert.Equal(t, http.StatusOK, c.do(t, srv).status)
	now = date.Add(14 * time.Minute)
	assert.Equal(t, "SignatureNonceUsed", c.do(t, srv).code)
}

// TestNoncesAreForgotten sends requests for hours: what is too old to be accepted again
// needs no memory.
func TestNoncesAreForgotten(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	srv := newSmall(t, withClock(func() time.Time { return now }))
	for range 10 {
		c := call{method: "GET", path: "/things/status", action: "DescribeStatus", date: now}
		assert.Equal(t, http.StatusOK, c.do(t, srv).status)
		now = now.Add(time.Hour)
	}
	assert.Len(t, srv.handler.Verifier.nonces, 1)
}

func TestClockWindow(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	srv := newSmall(t, withClock(func() time.Time { return begin }))
	for off, want := range map[time.Duration]int{
		0: 200, 15 * time.Minute: 200, -15 * time.Minute: 200, 15*time.Minute + time.Second: 400, -15*time.Minute - time.Second: 400,
	} {
		for _, roa := range []bool{true, false} {
			out := call{method: "GET", path: "/things/status", action: "DescribeStatus", date: begin.Add(off), roa: roa}.do(t, srv)
			assert.Equal(t, want, out.status, "off by %s", off)
		}
	}
}
