package roa

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// packInto writes text in the form of gzip, and sends each piece by itself.
func packInto(w io.Writer, text string, piece int) {
	zw := gzip.NewWriter(w)
	for text != "" {
		n := min(piece, len(text))
		_, _ = io.WriteString(zw, text[:n])
		_ = zw.Flush()
		text = text[n:]
	}
	_ = zw.Close()
}

// TestUnpacking reads packed bodies that no honest server makes longer.
func TestUnpacking(t *testing.T) {
	t.Parallel()
	random := make([]byte, 1<<20)
	_, _ = rand.Read(random)
	noise := base64.StdEncoding.EncodeToString(random)
	for name, tt := range map[string]struct {
		text  string
		piece int // 0: the body is not even the frame of nothing
	}{
		"what cannot be packed":          {noise, len(noise)},
		"each byte by itself":            {noise[:100<<10], 1},
		"each byte by itself, and alike": {strings.Repeat(" ", 100<<10), 1},
		"nothing":                        {"", 1},
		"an empty body":                  {"", 0},
		"few bytes that become many":     {strings.Repeat("0", 4<<20), 4 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var packed bytes.Buffer
			if tt.piece > 0 {
				packInto(&packed, tt.text, tt.piece)
			}
			c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", "GZip")
				_, _ = w.Write(packed.Bytes())
			}))
			resp, err := c.Call(t.Context(), RawRequest{Operation: "Any", Method: http.MethodGet, Path: "/any"})
			require.NoError(t, err)
			assert.True(t, tt.text == string(resp.Body), "the text differs")
			if tt.piece == 0 {
				assert.Equal(t, "GZip", resp.Header.Get("Content-Encoding"), "as net/http leaves it")
				return
			}
			assert.Empty(t, resp.Header.Values("Content-Encoding"))
			assert.Empty(t, resp.Header.Values("Content-Length"))
		})
	}
}

// TestHeadIsNotUnpacked has a response without the body that its header tells of.
func TestHeadIsNotUnpacked(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Empty(t, r.Header.Values("Accept-Encoding"))
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", "30")
	}))
	resp, err := c.Call(t.Context(), RawRequest{Operation: "Any", Method: http.MethodHead, Path: "/any"})
	require.NoError(t, err)
	assert.Equal(t, "gzip", resp.Header.Get("Content-Encoding"))
}

// TestEachAttemptIsUnpacked has an error before the response, both packed.
func TestEachAttemptIsUnpacked(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]Option{"alone": WithMaxAttempts(2), "with middleware": WithMiddleware(layer(func(*http.Request, *http.Response) {}))} {
		asked, codes := 0, []string(nil)
		c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, []string{"gzip"}, r.Header.Values("Accept-Encoding"), name)
			w.Header().Set("Content-Encoding", "gzip")
			if asked++; asked == 1 {
				w.WriteHeader(http.StatusServiceUnavailable)
				packInto(w, `{"code":"Busy"}`, 100)
				return
			}
			packInto(w, `{"id":"x"}`, 100)
		}), WithRetry(&eagerPolicy{}), opt, WithAttemptHook(func(a Attempt) { codes = append(codes, a.Code) }))
		out, err := get(t.Context(), c)
		require.NoError(t, err, name)
		assert.Equal(t, "x", out.ID, name)
		assert.Equal(t, []string{"Busy", ""}, codes, name)
	}
}

// TestUnpackingEnds reads on after an error, where a frame begins.
func TestUnpackingEnds(t *testing.T) {
	t.Parallel()
	body := &unpackedBody{packed: packedBody{ReadCloser: io.NopCloser(strings.NewReader("not packed" + packed("x")))}}
	for range 3 {
		n, err := body.Read(make([]byte, 10))
		require.ErrorIs(t, err, gzip.ErrHeader)
		assert.Zero(t, n)
	}
	require.NoError(t, body.Close())
}

// layer is middleware which shows what passes it.
func layer(show func(*http.Request, *http.Response)) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(req)
			if err == nil {
				show(req, resp)
			}
			return resp, err
		})
	}
}

// headerLayer is middleware which sets a field of requests.
func headerLayer(name, value string) Option {
	return WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			req = req.Clone(req.Context())
			req.Header.Set(name, value)
			return next.RoundTrip(req)
		})
	})
}

// TestWhoUnpacks calls a server that packs if it is asked to, through transports of all kinds.
func TestWhoUnpacks(t *testing.T) {
	t.Parallel()
	var known http.Transport
	foreign := roundTrip(known.RoundTrip)
	for name, tt := range map[string]struct {
		option Option
		asked  string
	}{
		"own transport":                     {WithoutRetry(), "gzip"},
		"transport of the caller":           {WithTransport(&known), "gzip"},
		"client of the caller":              {WithHTTPClient(&http.Client{Transport: &known}), "gzip"},
		"client with a time limit":          {WithHTTPClient(&http.Client{Transport: &known, Timeout: time.Hour}), "gzip"},
		"transport of another type":         {WithTransport(foreign), "gzip"},
		"transport that does not want it":   {WithTransport(&http.Transport{DisableCompression: true}), ""},
		"middleware that wants a part":      {headerLayer("Range", "bytes=0-"), ""},
		"middleware that wants it unpacked": {headerLayer("Accept-Encoding", "identity"), "identity"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if asked = r.Header.Get("Accept-Encoding"); asked != "gzip" {
					_, _ = io.WriteString(w, `{"id":"x"}`)
					return
				}
				w.Header().Set("Content-Encoding", "gzip")
				packInto(w, `{"id":"x"}`, 100)
			}))
			defer server.Close()
			for _, watched := range []bool{false, true} {
				opts := []Option{
					WithEndpoint(server.URL), WithPlainHTTP(),
					WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)), tt.option,
				}
				if watched {
					opts = append(opts, WithMiddleware(layer(func(_ *http.Request, resp *http.Response) {
						assert.Empty(t, resp.Header.Values("Content-Encoding"), "middleware reads what is unpacked")
						if tt.asked == "gzip" {
							assert.True(t, resp.Uncompressed)
							assert.EqualValues(t, -1, resp.ContentLength, "that of what is unpacked is not known")
						}
					})))
				}
				c, err := NewClient(&fixtureService, opts...)
				require.NoError(t, err)
				out, err := get(t.Context(), c)
				c.CloseIdleConnections()
				require.NoError(t, err)
				assert.Equal(t, "x", out.ID)
				assert.Equal(t, tt.asked, asked)
			}
		})
	}
}

// TestMiddlewareKeepsItsRequest has middleware which sends one request twice.
func TestMiddlewareKeepsItsRequest(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, answer(200, "", `{"id":"x"}`), WithMiddleware(layer(func(req *http.Request, _ *http.Response) {
		assert.Empty(t, req.Header.Values("Accept-Encoding"))
	})))
	_, err := get(t.Context(), c)
	require.NoError(t, err)
}

// TestMiddlewareUnpacks has middleware which asks for packed responses by itself.
func TestMiddlewareUnpacks(t *testing.T) {
	t.Parallel()
	unpacks := layer(func(_ *http.Request, resp *http.Response) {
		assert.Equal(t, "gzip", resp.Header.Get("Content-Encoding"))
		unpack(resp)
	})
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		packInto(w, `{"id":"x"}`, 100)
	}), WithMiddleware(unpacks), headerLayer("Accept-Encoding", "gzip"))
	out, err := get(t.Context(), c)
	require.NoError(t, err)
	assert.Equal(t, "x", out.ID)
}

// TestMiddlewareWithoutHeader has middleware which breaks its request.
func TestMiddlewareWithoutHeader(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, answer(200, "", `{"id":"x"}`), WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			req = req.WithContext(req.Context())
			req.Header = nil
			return next.RoundTrip(req)
		})
	}))
	_, err := get(t.Context(), c)
	require.ErrorContains(t, err, "nil Request.Header")
}

// TestPackedNothingOverHTTP2 is what TestHostileServer has for HTTP/1.
func TestPackedNothingOverHTTP2(t *testing.T) {
	t.Parallel()
	nothing := strings.Repeat(packed(""), 1000)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, 2, r.ProtoMajor)
		w.Header().Set("Content-Encoding", "gzip")
		for err := error(nil); err == nil; {
			_, err = io.WriteString(w, nothing)
		}
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	c, err := NewClient(&fixtureService, WithEndpoint(server.URL), WithHTTPClient(server.Client()),
		WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)))
	require.NoError(t, err)
	_, err = get(t.Context(), c)
	require.ErrorIs(t, err, ErrResponseTooLarge)
	require.ErrorContains(t, err, " bytes unpack to 0")
}
