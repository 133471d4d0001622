package products

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A wire is a request as it came over the connection.
type wire struct {
	method   string
	path     string // escaped
	rawQuery string
	header   map[string]string // by lower-case name
	body     []byte
}

// A recorder remembers every request and responds to all of them alike.
type recorder struct {
	*httptest.Server

	mu       sync.Mutex
	wires    []wire
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

// expect forgets all requests and sets what the next ones get.
func (r *recorder) expect(op *operation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wires, r.response = nil, op.response
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
