package products

import (
	"bytes"
	"io"
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
	header   map[string]string // by lower-case name
	body     []byte
}

// A recorder remembers every request, shows it to the fake server of the product, and responds to all of them alike.
type recorder struct {
	*httptest.Server

	mu       sync.Mutex
	wires    []wire
	fake     *acktest.Server
	response string // media type of the response; empty for none
}

func newRecorder(t *testing.T) *recorder {
	t.Helper()
	r := new(recorder)
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		assert.NoError(t, err, "read a request")
		r.mu.Lock()
		defer r.mu.Unlock()
		r.wires = append(r.wires, newWire(req, body))
		assert.NoError(t, show(r.fake, req, body))
		if r.response != "" {
			w.Header().Set("Content-Type", r.response)
			_, _ = io.WriteString(w, "{}")
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func newWire(req *http.Request, body []byte) wire {
	path, rawQuery, _ := strings.Cut(req.RequestURI, "?")
	header := make(map[string]string)
	for name, values := range req.Header {
		header[strings.ToLower(name)] = strings.Join(values, "\n")
	}
	return wire{method: req.Method, path: path, rawQuery: rawQuery, header: header, body: body}
}

// show sends a request to a fake server, unchanged.
func show(fake *acktest.Server, in *http.Request, body []byte) error {
	out, err := http.NewRequestWithContext(in.Context(), in.Method, fake.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	target, err := url.ParseRequestURI(in.RequestURI)
	if err != nil {
		return err
	}
	target.Scheme, target.Host = out.URL.Scheme, out.URL.Host
	out.URL, out.Host, out.Header = target, in.Host, in.Header.Clone()
	res, err := fake.HTTPClient().Do(out) //nolint:gosec // G704: the target is the fake server
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// expect forgets all requests and sets what the next ones get.
func (r *recorder) expect(p *product, op *operation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wires, r.fake, r.response = nil, p.fake, op.response
}

// checkFake fails the test when the fake server refused the last request, or took it for another operation.
func (r *recorder) checkFake(t *testing.T, op *operation, in input) {
	t.Helper()
	requests := r.fake.Requests()
	last := requests[len(requests)-1]
	assert.Empty(t, last.ErrorCode, "%s: the fake server refused the request", in.label)
	assert.Equal(t, op.name, last.Operation, "%s: operation of the fake server", in.label)
}

// take returns the one request that came since the last call.
func (r *recorder) take(t *testing.T, who string) wire {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	require.Len(t, r.wires, 1, "%s: requests on the wire", who)
	w := r.wires[0]
	r.wires = nil
	return w
}
