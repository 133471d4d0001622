package roa

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHeaderParameters(t *testing.T) {
	t.Parallel()
	for _, signature := range []Signature{ACS3HMACSHA256, ROAHMACSHA1} {
		rec := new(recorder)
		c := newTestClient(t, rec, WithSignature(signature))
		req := NewRequest(&opList, nil)
		req.Header("x-acs-trace", new("t1"))
		req.Header("X-Log-Type", []thingState{"a", "b"})
		req.Header("X-Count", new(int64(3)))
		req.Header("X-None", (*string)(nil))
		req.Header("X-No-List", []string(nil))
		req.Header("Range", "bytes=0-9")
		req.Header("X-Replaced", "old")
		require.NoError(t, c.Do(t.Context(), req, nil, nil, []CallOption{CallHeader("x-replaced", "new"), CallHeader("Range", "bytes=5-")}))
		h := rec.requests[0].Header
		assert.Equal(t, "t1", h.Get("X-Acs-Trace"))
		assert.Equal(t, []string{"a,b"}, h["X-Log-Type"])
		assert.Equal(t, "3", h.Get("X-Count"))
		assert.Equal(t, "bytes=5-", h.Get("Range"), "a declared field can be set by a call, too")
		assert.Equal(t, []string{"new"}, h["X-Replaced"])
		assert.NotContains(t, h, "X-None")
		assert.NotContains(t, h, "X-No-List")
		if signature == ACS3HMACSHA256 {
			assert.Contains(t, h.Get("Authorization"), ";x-acs-trace;")
			assert.NotContains(t, h.Get("Authorization"), "x-log-type")
		}
	}
}

func TestBadHeaderParameters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"X-A", "a\r\nX-B: c", "has a value that cannot be sent"},
		{"X-A", []string{"a\n"}, "has a value that cannot be sent"},
		{"X-A", []string{"a,b"}, "has a comma in item 0, and commas separate the items"},
		{"X-A", []string{}, "is an empty list, which would arrive as none: fill it, or make it nil if none is meant"},
		{"X-A", part{}, "cannot be made from a roa.part"},
		{"X-A", Secret("****"), "holds a mask, not a secret: set the real value or leave it out"},
		{"X A", "a", "is not a header name"},
		{"X-A\r\nB", "a", "is not a header name"},
		{"", "a", "is not a header name"},
		{"authorization", "a", "cannot be a parameter: the signature sets it"},
		{"x-acs-signature-nonce", "a", "cannot be a parameter: the signature sets it"},
		{"Host", "a", "cannot be a parameter: it belongs to the connection, which net/http manages"},
		{"Content-Length", int64(1), "cannot be a parameter: it belongs to the connection, which net/http manages"},
		{"Accept-Encoding", "gzip", "cannot be a parameter: the response would no longer be unpacked"},
	} {
		rec := new(recorder)
		req := NewRequest(&opList, nil)
		req.Header(tt.name, tt.value)
		err := newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil)
		require.Error(t, err)
		assert.Equal(t, "ack: ListThings: "+paramError("header", tt.name, tt.want).Error(), err.Error())
		assert.Empty(t, rec.requests, "nothing is sent")
	}
}

func TestSecretHeaderIsNotDumped(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := newTestClient(t, answer(200, "application/json", `["CANARY"]`), WithDump(&out))
	req := NewRequest(&opList, nil)
	req.Header("x-plain", Secret("CANARY"))
	var got []string
	require.NoError(t, c.Do(t.Context(), req, &got, nil, nil))
	assert.NotContains(t, out.String(), "CANARY")
	assert.Contains(t, out.String(), "> X-Plain: [REDACTED]\n")
}

func TestHeaderTagIsValidated(t *testing.T) {
	t.Parallel()
	in := &struct {
		Type  string `json:"-" roa:"header=X-Log-Type,required"`
		Count int64  `json:"-" roa:"header=X-Count,max=3"`
	}{Count: 4}
	found, err := validate(in)
	require.NoError(t, err)
	assert.Equal(t, []Violation{
		{"header parameter X-Log-Type", "is missing"},
		{"header parameter X-Count", "must be at most 3"},
	}, found)
}
