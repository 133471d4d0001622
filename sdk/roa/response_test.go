package roa

import (
	"compress/gzip"
	"errors"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestShapes(t *testing.T) {
	t.Parallel()
	t.Run("object", func(t *testing.T) {
		t.Parallel()
		c := newTestClient(t, answer(200, "application/json", ` {"id":"x","unknown":{"a":[1]},"count":3,"state":"new_state"} `, "X-Acs-Request-Id", "R1"))
		out, err := get(t.Context(), c)
		require.NoError(t, err)
		assert.Equal(t, "x", out.ID)
		assert.Equal(t, int64(3), out.Count)
		assert.Equal(t, thingState("new_state"), out.State)
		assert.Equal(t, "R1", out.Metadata.RequestID)
		assert.Equal(t, 200, out.Metadata.StatusCode)
		assert.Equal(t, "application/json", out.Metadata.Header.Get("Content-Type"))
	})
	t.Run("array", func(t *testing.T) {
		t.Parallel()
		var items []part
		c := newTestClient(t, answer(200, "", `[{"name":"a"},{"name":"b"}]`))
		require.NoError(t, c.Do(t.Context(), NewRequest(&opList, nil), &items, nil, nil))
		assert.Equal(t, []part{{Name: "a"}, {Name: "b"}}, items)
	})
	t.Run("map", func(t *testing.T) {
		t.Parallel()
		var entries map[string]part
		c := newTestClient(t, answer(200, "", `{"x":{"num":1},"y":{}}`))
		require.NoError(t, c.Do(t.Context(), NewRequest(&opMap, nil), &entries, nil, nil))
		assert.Equal(t, map[string]part{"x": {Num: 1}, "y": {}}, entries)
	})
	t.Run("empty ignores a body", func(t *testing.T) {
		t.Parallel()
		var md Metadata
		req := NewRequest(&opDelete, nil)
		req.Path("ThingId", "t1")
		c := newTestClient(t, answer(202, "text/html", `<html>`))
		require.NoError(t, c.Do(t.Context(), req, nil, &md, nil))
		assert.Equal(t, 202, md.StatusCode)
	})
}

func TestEmptyBodyIsSuccess(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 202, 204} {
		for _, body := range []string{"", " \r\n\t"} {
			if status == 204 && body != "" {
				continue // such a response cannot have a body
			}
			c := newTestClient(t, answer(status, "", body))
			out, err := get(t.Context(), c)
			require.NoError(t, err)
			assert.Equal(t, status, out.Metadata.StatusCode)
			var items []part
			require.NoError(t, c.Do(t.Context(), NewRequest(&opList, nil), &items, nil, nil))
			var entries map[string]part
			require.NoError(t, c.Do(t.Context(), NewRequest(&opMap, nil), &entries, nil, nil))
			var text string
			require.NoError(t, c.Do(t.Context(), NewRequest(&opText, nil), &text, nil, nil))
			assert.Equal(t, body, text)
		}
	}
}

func TestTextAnswers(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"#!/bin/sh\r\necho \"x\"\n": "#!/bin/sh\r\necho \"x\"\n",
		` "a\nb" `:                  "a\nb",
		`"a" && "b"`:                `"a" && "b"`,
		`"`:                         `"`,
		`""`:                        "",
		`{"a":1}`:                   `{"a":1}`,
	}
	for body, want := range tests {
		c := newTestClient(t, answer(200, "", body))
		var text string
		require.NoError(t, c.Do(t.Context(), NewRequest(&opText, nil), &text, nil, nil))
		assert.Equal(t, want, text)
		var secret Secret
		require.NoError(t, c.Do(t.Context(), NewRequest(&opText, nil), &secret, nil, nil))
		assert.True(t, secret.Reveal() == want)
		var state thingState
		require.NoError(t, c.Do(t.Context(), NewRequest(&opText, nil), &state, nil, nil))
		assert.Equal(t, want, string(state))
	}
	c := newTestClient(t, answer(200, "", "x"))
	assert.EqualError(t, c.Do(t.Context(), NewRequest(&opText, nil), new(int), nil, nil), "ack: ThingScript: cannot store text in a *int")
}

func TestRequestIDFromBody(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"requestId":"A"}`:                        "A",
		`{"id":"x","request_id":"B"}`:              "B",
		`{"parts":[{"name":"p"}],"RequestId":"C"}`: "C",
		`{"main":{"requestId":"inner"}}`:           "",
	} {
		c := newTestClient(t, answer(200, "", body))
		out, err := get(t.Context(), c)
		require.NoError(t, err)
		assert.Equal(t, want, out.Metadata.RequestID, body)
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "gzip", r.Header.Get("Accept-Encoding"))
		w.Header().Set("Content-Encoding", "gzip")
		zw := gzip.NewWriter(w)
		_, _ = io.WriteString(zw, `{"id":"zipped"}`)
		_ = zw.Close()
	}))
	out, err := get(t.Context(), c)
	require.NoError(t, err)
	assert.Equal(t, "zipped", out.ID)
}

func TestWrongTargets(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, answer(200, "", `{"id":1}`))
	for _, out := range []any{thing{}, (*thing)(nil), "x"} {
		req := NewRequest(&opGet, nil)
		req.Path("ThingId", "t1")
		assert.ErrorContains(t, c.Do(t.Context(), req, out, nil, nil), "ack: DescribeThing: cannot store a response in a ")
	}
}

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body, path, want string
		cutOff           bool
	}{
		"html":       {"<!DOCTYPE html><p>CANARY", "", "decode response at /: an HTML page is not valid JSON at byte 0", false},
		"text":       {"CANARY", "", "decode response at /: plain text is not valid JSON at byte 0", false},
		"cut off":    {`{"parts":[{"name":"CANARY`, "/parts/0/name", "decode response at /parts/0/name: cut off after 25 bytes: unexpected EOF", true},
		"bad type":   {`{"parts":[{"num":1},"CANARY"]}`, "/parts/1", "decode response at /parts/1: JSON string does not fit the declared roa.part", false},
		"array":      {`["CANARY"]`, "", "decode response at /: JSON array does not fit the declared roa.thing", false},
		"bad object": {`{"main":["CANARY"]}`, "/main", "decode response at /main: JSON array does not fit the declared roa.part", false},
		"trailing":   {`{"id":"x"} CANARY`, "", "decode response at /: JSON is not valid JSON at byte 11", false},
		"bad time":   {`{"created":"CANARY"}`, "/created", "decode response at /created: JSON string does not fit the declared time.Time", false},
		"too big":    {`{"size":99999999999}`, "/size", "decode response at /size: JSON number does not fit the declared int32", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newTestClient(t, answer(200, "", tt.body, "X-Acs-Request-Id", "R1"))
			_, err := get(t.Context(), c)
			require.EqualError(t, err, "ack: DescribeThing: "+tt.want+" (request R1)")
			assert.Equal(t, tt.cutOff, errors.Is(err, io.ErrUnexpectedEOF))
			var decodeErr *DecodeError
			require.ErrorAs(t, err, &decodeErr)
			assert.Equal(t, tt.path, decodeErr.Path)
			assert.Equal(t, 200, decodeErr.Metadata.StatusCode)
		})
	}
}

// TestMaxResponseSizeWithoutLimit has the largest number, which stands for no
// limit at all.
func TestMaxResponseSizeWithoutLimit(t *testing.T) {
	t.Parallel()
	out, err := get(t.Context(), newTestClient(t, answer(200, "", `{"id":"x"}`), WithMaxResponseSize(math.MaxInt64)))
	require.NoError(t, err)
	assert.Equal(t, "x", out.ID)
}

// TestPoolHoldsNoAnswers looks at the memory of a buffer that is given back.
func TestPoolHoldsNoAnswers(t *testing.T) { //nolint:paralleltest // nobody else may take the buffer meanwhile
	buf := new(bodyBuffer)
	require.NoError(t, buf.read(strings.NewReader("CANARY"), -1, 100))
	data := buf.data
	require.Len(t, data, 6)
	putBuffer(buf)
	assert.NotContains(t, string(data), "CANARY")
}
