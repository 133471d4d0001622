package acktest

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestStoredPassword writes a request to JSON and loads it again, which loses
// the password. Its mask must not become the password of the nodes.
func TestStoredPassword(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples())
	stored, err := json.Marshal(&ack.CreateClusterNodePoolRequest{
		ScalingGroup: &ack.ScalingGroupSpec{LoginPassword: new(roa.Secret("Real-123"))},
	})
	require.NoError(t, err)
	loaded := ack.CreateClusterNodePoolRequest{ClusterID: "c1"}
	require.NoError(t, json.Unmarshal(stored, &loaded))

	_, err = srv.Client(t).CreateClusterNodePool(t.Context(), &loaded)
	require.EqualError(t, err, "ack: CreateClusterNodePool: encode body: secret at /scaling_group/login_password "+
		"holds a mask, not a secret: set the real value or leave it out")
	assert.Empty(t, srv.Requests())
}

// TestServerPrintsNoSecret prints a server as a log line or a failing test would.
func TestServerPrintsNoSecret(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples(), WithCredentials("id", "hidden secret", "hidden token"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
		assert.Equal(t, "fake server at "+srv.URL, fmt.Sprintf(verb, srv))
		assert.Equal(t, "fake server at "+srv.URL, fmt.Sprintf(verb, *srv))
		assert.NotContains(t, fmt.Sprintf(verb, struct{ Fake *Server }{srv}), "hidden", verb)
		assert.NotContains(t, fmt.Sprintf(verb, struct{ fake *Server }{srv}), "hidden", verb)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("started", "server", srv)
	slog.New(slog.NewTextHandler(&log, nil)).Info("started", "server", srv)
	assert.NotContains(t, log.String(), "hidden")
}

// TestNestedField sends a field of the node group that the SDK does not know.
func TestNestedField(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples())
	var sent []byte
	in := &ack.ModifyClusterNodePoolRequest{
		ClusterID: "c1", NodePoolID: "np1",
		ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(int64(3))},
	}
	_, err := srv.Client(t, keepBody(&sent)).ModifyClusterNodePool(t.Context(), in, roa.CallBodyField("/scaling_group/brand_new", 1))
	require.NoError(t, err)
	assert.JSONEq(t, `{"scaling_group":{"desired_size":3,"brand_new":1}}`, string(sent))
}

// keepBody stores the body of each request, as the server forgets unknown fields.
func keepBody(into *[]byte) roa.Option {
	return roa.WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
		return bodyKeeper{next, into}
	})
}

type bodyKeeper struct {
	next http.RoundTripper
	into *[]byte
}

func (k bodyKeeper) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	if *k.into, err = io.ReadAll(body); err != nil {
		return nil, err
	}
	return k.next.RoundTrip(req)
}
