package roa

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The operations of the tests, written like generated ones.
var (
	fixtureService = Service{Name: "ack", Version: "2015-12-15", Endpoint: "cs.{region}.aliyuncs.com"}

	opGet = Operation{
		Name: "DescribeThing", Method: "GET", Path: "/things/{ThingId}/parts", Response: ResponseObject, Retry: RetryIdempotent,
		Needed: []string{"/count", "/size", "/created", "/main", "/parts"},
	}
	opList   = Operation{Name: "ListThings", Method: "GET", Path: "/things", Response: ResponseArray, Retry: RetryIdempotent}
	opMap    = Operation{Name: "MapThings", Method: "GET", Path: "/things/map", Response: ResponseMap, Retry: RetryIdempotent}
	opText   = Operation{Name: "ThingScript", Method: "GET", Path: "/things/script", Response: ResponseText, Retry: RetryIdempotent}
	opCreate = Operation{Name: "CreateThing", Method: "POST", Path: "/things", Response: ResponseObject}
	opToken  = Operation{Name: "ModifyThing", Method: "PUT", Path: "/things", Response: ResponseObject, Retry: RetryToken}
	opDelete = Operation{Name: "DeleteThing", Method: "DELETE", Path: "/things/{ThingId}", Response: ResponseEmpty, Retry: RetryIdempotent}
)

type thingState string

// thing has a field of every type that models have.
type thing struct {
	ID       string            `json:"id,omitzero"`
	State    thingState        `json:"state,omitzero"`
	Count    int64             `json:"count,omitzero"`
	Size     int32             `json:"size,omitzero"`
	Ratio    float64           `json:"ratio,omitzero"`
	Ready    bool              `json:"ready,omitzero"`
	Created  time.Time         `json:"created,omitzero"`
	Password Secret            `json:"password,omitzero"`
	Token    *Secret           `json:"token,omitzero"`
	Limit    *int64            `json:"limit,omitzero"`
	Tags     []string          `json:"tags,omitzero"`
	Parts    []part            `json:"parts,omitzero"`
	Labels   map[string]string `json:"labels,omitzero"`
	Main     *part             `json:"main,omitzero"`
	Free     any               `json:"free,omitzero"`

	Metadata Metadata `json:"-"`
}

type part struct {
	Name string `json:"name,omitzero"`
	Num  int64  `json:"num,omitzero"`
}

const (
	testKeyID  = "testKeyID"
	testSecret = "CANARY-key-secret"
	testToken  = "CANARY-sts-token"
)

// newTestClient returns a client of a server on loopback, without retries.
func newTestClient(t testing.TB, handler http.Handler, opts ...Option) *Client {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	all := append([]Option{
		WithRegion("cn-beijing"),
		WithEndpoint(srv.URL),
		WithPlainHTTP(),
		WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)),
		WithHTTPClient(srv.Client()),
		WithoutRetry(),
	}, opts...)
	c, err := NewClient(&fixtureService, all...)
	require.NoError(t, err)
	return c
}

// get calls DescribeThing.
func get(ctx context.Context, c *Client, opts ...CallOption) (*thing, error) {
	req := NewRequest(&opGet, nil)
	req.Path("ThingId", "t1")
	out := new(thing)
	if err := c.Do(ctx, req, out, &out.Metadata, opts); err != nil {
		return nil, err
	}
	return out, nil
}

// answer returns a handler that always answers the same.
func answer(status int, contentType, body string, header ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

// recorder keeps the requests that arrived, and answers with an empty body.
type recorder struct {
	mu       sync.Mutex
	requests []*http.Request
	bodies   []string
}

func (r *recorder) ServeHTTP(_ http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, req)
	r.bodies = append(r.bodies, string(body))
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.requests)
}

// roundTrip makes a function a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
