package interop

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
)

// A wire is a request as it came over the connection.
type wire struct {
	method   string
	path     string // escaped
	rawQuery string
	host     string
	header   map[string]string // by lower-case name
	chunked  bool
	body     []byte
}

// A recorder stands before the fake server, remembers every request, and passes it on unchanged. Clients talk to it, and sign for it.
type recorder struct {
	*httptest.Server
	fake *acktest.Server

	mu    sync.Mutex
	wires []wire
	last  reply
}

// A reply is a response as it went over the connection.
type reply struct {
	status    int
	mediaType string
	body      []byte
}

func newRecorder(t *testing.T, fake *acktest.Server) *recorder {
	t.Helper()
	r := &recorder{fake: fake}
	r.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if err := r.pass(w, req); !assert.NoError(t, err, "pass on a request") {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *recorder) pass(w http.ResponseWriter, in *http.Request) error {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		return err
	}
	r.record(in, body)
	out, err := http.NewRequestWithContext(in.Context(), in.Method, r.fake.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	target, err := url.ParseRequestURI(in.RequestURI)
	if err != nil {
		return err
	}
	target.Scheme, target.Host = out.URL.Scheme, out.URL.Host
	if target.RequestURI() != in.RequestURI {
		return fmt.Errorf("request target %q would become %q", in.RequestURI, target.RequestURI())
	}
	out.URL, out.Host, out.Header = target, in.Host, in.Header.Clone()
	res, err := r.fake.HTTPClient().Do(out) //nolint:gosec // G704: The target is the fake server; path and query are those of a test.
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	maps.Copy(w.Header(), res.Header)
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.last = reply{res.StatusCode, res.Header.Get("Content-Type"), text}
	r.mu.Unlock()
	w.WriteHeader(res.StatusCode)
	_, err = w.Write(text)
	return err
}

// latest returns the response to the latest request.
func (r *recorder) latest() reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

func (r *recorder) record(in *http.Request, body []byte) {
	path, rawQuery, _ := strings.Cut(in.RequestURI, "?")
	header := make(map[string]string)
	for name, values := range in.Header {
		header[strings.ToLower(name)] = strings.Join(values, "\n")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wires = append(r.wires, wire{
		method: in.Method, path: path, rawQuery: rawQuery, host: in.Host, header: header, chunked: len(in.TransferEncoding) > 0, body: body,
	})
}

// reset forgets all requests.
func (r *recorder) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wires = nil
}

// take returns the one request that came since the last call. It fails the test when the fake server refused it, or responded to it as
// another operation.
func (r *recorder) take(t *testing.T, who string, op *operation) wire {
	t.Helper()
	r.mu.Lock()
	wires := r.wires
	r.wires = nil
	r.mu.Unlock()
	require.Len(t, wires, 1, "%s: requests on the wire", who)
	requests := r.fake.Requests()
	last := requests[len(requests)-1]
	require.Empty(t, last.ErrorCode, "%s: the fake server refused the request with status %d", who, last.Status)
	require.Equal(t, op.name, last.Operation, who)
	return wires[0]
}
