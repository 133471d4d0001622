package acktest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestRequestsFor(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples(), WithCredentials("test-id", "test-secret", ""))
	client := srv.Client(t)
	in := &ack.CreateClusterNodePoolRequest{
		ClusterID:    "c1",
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
		ScalingGroup: &ack.ScalingGroupSpec{DesiredSize: new(int64(3)), LoginPassword: new(roa.Secret("Real-123"))},
	}
	_, err := client.CreateClusterNodePool(t.Context(), in)
	require.NoError(t, err)
	_, err = client.DescribeEvents(t.Context(), &ack.DescribeEventsRequest{ClusterID: new("c2"), PageSize: new(int64(7))})
	require.NoError(t, err)

	created := srv.RequestsFor("CreateClusterNodePool")
	require.Len(t, created, 1)
	assert.Equal(t, []string{"test-id", "cn-hangzhou", "c1"}, []string{created[0].Caller, created[0].Region, created[0].PathParams["ClusterId"]})
	assert.Contains(t, created[0].Header.Get("User-Agent"), "ackgen")
	assert.Empty(t, created[0].Header.Get("Authorization"))
	var out ack.CreateClusterNodePoolRequest
	require.NoError(t, created[0].Into(&out))
	assert.Equal(t, []any{"c1", "workers", int64(3)}, []any{out.ClusterID, out.NodePoolInfo.Name, *out.ScalingGroup.DesiredSize})
	assert.Equal(t, "[REDACTED]", out.ScalingGroup.LoginPassword.Reveal())

	var events ack.DescribeEventsRequest
	require.NoError(t, srv.RequestsFor("DescribeEvents")[0].Into(&events))
	assert.Equal(t, []any{"c2", int64(7)}, []any{*events.ClusterID, *events.PageSize})

	assert.Empty(t, srv.RequestsFor("DeleteCluster"))
	assert.PanicsWithError(t, "acktest: the spec has no operation deleteCluster; did you mean DeleteCluster?", func() { srv.RequestsFor("deleteCluster") })
	var other ack.DescribeEventsRequest
	require.ErrorContains(t, Request{Operation: "DescribeEvents", Query: map[string][]string{"page_size": {"many"}}}.Into(&other),
		"acktest: request for DescribeEvents: decode parameter page_size")
}
