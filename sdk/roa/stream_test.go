package roa

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var opUpload = Operation{Name: "Upload", Method: "PUT", Path: "/files", Retry: RetryIdempotent}

// upload sends a body.
func upload(ctx context.Context, c *Client, body io.Reader, opts ...CallOption) error {
	req := NewRequest(&opUpload, nil)
	req.Stream(body)
	return c.Do(ctx, req, nil, nil, opts)
}

func TestStreamBodies(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "body")
	require.NoError(t, os.WriteFile(path, []byte("from a file"), 0o600))
	file, err := os.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	_, err = file.Seek(5, io.SeekStart)
	require.NoError(t, err)
	pipeOut, pipeIn, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { _ = pipeOut.Close() })
	_, err = pipeIn.WriteString("from a pipe")
	require.NoError(t, err)
	require.NoError(t, pipeIn.Close())

	for name, tt := range map[string]struct {
		body io.Reader
		want string
	}{
		"in memory":             {strings.NewReader("\x00bytes\xff"), "\x00bytes\xff"},
		"file from the middle":  {file, "a file"},
		"pipe that cannot seek": {pipeOut, "from a pipe"},
		"byte by byte":          {iotest.OneByteReader(strings.NewReader("slow")), "slow"},
		"end with the data":     {iotest.DataErrReader(strings.NewReader("both")), "both"},
		"nothing in it":         {strings.NewReader(""), ""},
		"large":                 {io.LimitReader(zeros{new(int64)}, 1<<20), strings.Repeat("\x00", 1<<20)},
	} {
		for _, signature := range []Signature{ACS3HMACSHA256, ROAHMACSHA1} {
			if seeker, ok := tt.body.(io.Seeker); ok && signature == ROAHMACSHA1 && name != "pipe that cannot seek" {
				_, err := seeker.Seek(map[bool]int64{true: 5}[name == "file from the middle"], io.SeekStart)
				require.NoError(t, err)
			} else if signature == ROAHMACSHA1 {
				continue // it is read
			}
			rec := new(recorder)
			require.NoError(t, upload(t.Context(), newTestClient(t, rec, WithSignature(signature)), tt.body), name)
			assert.Equal(t, tt.want, rec.bodies[0], name)
			r := rec.requests[0]
			assert.Equal(t, int64(len(tt.want)), r.ContentLength, name)
			assert.Empty(t, r.TransferEncoding, name)
			assert.Equal(t, "application/octet-stream", r.Header.Get("Content-Type"), name)
			if sum := sha256.Sum256([]byte(tt.want)); signature == ACS3HMACSHA256 {
				assert.Equal(t, hex.EncodeToString(sum[:]), r.Header.Get("X-Acs-Content-Sha256"), name)
			}
		}
	}
}

func TestNoStream(t *testing.T) {
	t.Parallel()
	for _, body := range []io.Reader{nil, (*bytes.Reader)(nil)} {
		rec := new(recorder)
		require.NoError(t, upload(t.Context(), newTestClient(t, rec), body))
		assert.NotContains(t, rec.requests[0].Header, "Content-Type")
		assert.Zero(t, rec.requests[0].ContentLength)
	}
}

func TestContentTypeOfStreams(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		declared, called, want string
	}{
		{"", "", "application/octet-stream"},
		{"*/*", "", "application/octet-stream"},
		{"image/png", "", "image/png"},
		{"multipart/mixed; boundary=c", "", "multipart/mixed; boundary=c"},
		{"image/png", "image/jpeg", "image/jpeg"},
		{"multipart/form-data", "multipart/form-data; boundary=b", "multipart/form-data; boundary=b"},
		{"multipart/form-data", "", ""},
	} {
		op := opUpload
		op.ContentType = tt.declared
		rec := new(recorder)
		req := NewRequest(&op, nil)
		req.Stream(strings.NewReader("x"))
		var opts []CallOption
		if tt.called != "" {
			opts = append(opts, CallHeader("content-type", tt.called))
		}
		err := newTestClient(t, rec).Do(t.Context(), req, nil, nil, opts)
		if tt.want == "" {
			require.ErrorContains(t, err, "ack: Upload: body has parts and nothing says what separates them")
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, []string{tt.want}, rec.requests[0].Header["Content-Type"])
		assert.Contains(t, rec.requests[0].Header.Get("Authorization"), "content-type;")
	}
}

func TestStreamHasNoFields(t *testing.T) {
	t.Parallel()
	rec := new(recorder)
	err := upload(t.Context(), newTestClient(t, rec), strings.NewReader("{}"), CallBodyField("a", 1))
	require.EqualError(t, err, `ack: Upload: body field "a": body is a stream, which has no fields`)
	assert.Empty(t, rec.requests)
}

// TestStreamIsSentAgain fails the first attempt in the middle of the body.
func TestStreamIsSentAgain(t *testing.T) {
	t.Parallel()
	const want = "0123456789"
	for name, body := range map[string]io.Reader{"seeker": strings.NewReader(want), "reader": io.LimitReader(strings.NewReader(want), 100)} {
		rec := new(recorder)
		attempts := 0
		fail := func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(req *http.Request) (*http.Response, error) {
				if attempts++; attempts > 1 {
					return next.RoundTrip(req)
				}
				old := req.Body
				_, err := io.ReadFull(old, make([]byte, 4))
				require.NoError(t, err, name)
				t.Cleanup(func() {
					_, err := old.Read(make([]byte, 1))
					assert.ErrorIs(t, err, errTurnOver, "an attempt that is over reads nothing more")
				})
				return nil, io.ErrUnexpectedEOF
			})
		}
		c := newTestClient(t, rec, WithMiddleware(fail), WithRetry(DefaultRetryPolicy{BaseDelay: 1}))
		require.NoError(t, upload(t.Context(), c, body), name)
		assert.Equal(t, []string{want}, rec.bodies, name)
	}
}

// TestStreamIsReadAgainByNetHTTP asks for the body in the way that net/http does when a
// connection was dead.
func TestStreamIsReadAgainByNetHTTP(t *testing.T) {
	t.Parallel()
	var got []string
	c := newTestClient(t, new(recorder), WithMiddleware(func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			again, err := req.GetBody()
			require.NoError(t, err)
			_, err = req.Body.Read(make([]byte, 1))
			require.ErrorIs(t, err, errTurnOver)
			require.NoError(t, req.Body.Close(), "and closing it ends no other turn")
			text, err := io.ReadAll(again)
			require.NoError(t, err)
			got = append(got, string(text))
			return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Header: http.Header{}}, again.Close()
		})
	}))
	require.NoError(t, upload(t.Context(), c, strings.NewReader("abc")))
	assert.Equal(t, []string{"abc"}, got)
}

// brokenSeeker fails to seek back from a certain time on.
type brokenSeeker struct {
	io.ReadSeeker
	seeks int
}

func (s *brokenSeeker) Seek(offset int64, whence int) (int64, error) {
	if s.seeks--; s.seeks < 0 {
		return 0, errors.New("tape broke")
	}
	return s.ReadSeeker.Seek(offset, whence)
}

func TestStreamThatCannotBeRead(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	for name, tt := range map[string]struct {
		ctx  context.Context
		body io.Reader
		want string
	}{
		"reader fails":    {t.Context(), iotest.ErrReader(errors.New("disk died")), "read body: disk died"},
		"seeker fails":    {t.Context(), &brokenSeeker{strings.NewReader("a"), 1}, "read body again: tape broke"},
		"context is over": {ended, readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }), "read body: context canceled"},
	} {
		rec := new(recorder)
		err := upload(tt.ctx, newTestClient(t, rec, WithRetry(DefaultRetryPolicy{BaseDelay: 1})), tt.body)
		require.EqualError(t, err, "ack: Upload: "+tt.want, name)
		assert.Empty(t, rec.requests, "nothing is sent")
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestStreamThatChanges has a body that gets shorter or longer after it was signed: what is
// longer is not sent, and what is too short is an error.
func TestStreamThatChanges(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "body")
	require.NoError(t, os.WriteFile(path, []byte("12345"), 0o600))
	file, err := os.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	for size, want := range map[int64]string{8: "12345", 3: "ack: Upload: unexpected EOF"} {
		require.NoError(t, os.WriteFile(path, []byte("12345"), 0o600))
		var sent []byte
		c := newTestClient(t, new(recorder), WithMiddleware(func(http.RoundTripper) http.RoundTripper {
			return roundTrip(func(req *http.Request) (*http.Response, error) {
				require.NoError(t, os.Truncate(path, size))
				var err error
				if sent, err = io.ReadAll(req.Body); err != nil {
					return nil, err
				}
				return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Header: http.Header{}}, nil
			})
		}))
		_, err := file.Seek(0, io.SeekStart)
		require.NoError(t, err)
		if err := upload(t.Context(), c, file); err != nil {
			assert.EqualError(t, err, want)
			continue
		}
		assert.Equal(t, want, string(sent))
	}
}

// TestStreamIsLimitedByTheCall reads a body that takes longer than the call may.
func TestStreamIsLimitedByTheCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, err := NewClient(&fixtureService, WithEndpoint("example.com"), WithCredentials(StaticCredentials("id", "secret", "")), WithTransport(roundTrip(nil)))
		require.NoError(t, err)
		slow := readerFunc(func(p []byte) (int, error) {
			<-time.After(1500 * time.Millisecond)
			return 1, nil
		})
		start := time.Now()
		err = upload(t.Context(), c, slow, CallTimeout(5*time.Second))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 6*time.Second, time.Since(start), "after the read that was under way")
	})
}

func TestStreamIsNotDumped(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, upload(t.Context(), newTestClient(t, new(recorder), WithDump(&out)), strings.NewReader("CANARY")))
	assert.Contains(t, out.String(), "\n>\n> [stream of 6 bytes]\n")
	assert.NotContains(t, out.String(), "CANARY")
	sum := sha256.Sum256([]byte("CANARY"))
	assert.NotContains(t, out.String(), hex.EncodeToString(sum[:]))
}
