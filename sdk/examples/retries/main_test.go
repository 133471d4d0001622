package main

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestRetries has a service that is not there for a while: a patient client outlasts that, a quick call does not.
func TestRetries(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client, err := patient(srv.Options()...)
	require.NoError(t, err)
	created, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: client.Region()})
	require.NoError(t, err)

	srv.Inject(acktest.Fault{Operation: "DescribeClusterDetail", Status: http.StatusServiceUnavailable, Count: 6})
	_, err = quick(t.Context(), client, created.ClusterID)
	require.ErrorIs(t, err, roa.ErrServer)
	out, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateInitial, out.State)
	assert.Len(t, srv.RequestsFor("DescribeClusterDetail"), 7)
	state, err := quick(t.Context(), client, created.ClusterID)
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateInitial, state)
}
