package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"

	"example.com/fleet/internal/ack"
	"example.com/fleet/internal/ack/ackmock"
)

// nodes is a page with all nodes of a pool.
func nodes(states ...ack.NodeStatus) *ack.DescribeClusterNodesResponse {
	out := &ack.DescribeClusterNodesResponse{Page: ack.PageInfo{PageNumber: 1, TotalCount: int32(len(states))}} //nolint:gosec // G115: a few
	for i, state := range states {
		out.Nodes = append(out.Nodes, ack.Node{NodeName: string(rune('a' + i)), InstanceID: string(rune('a' + i)), NodeStatus: state})
	}
	return out
}

func TestGrow(t *testing.T) {
	t.Parallel()
	api := ackmock.NewAPI(t)
	expect := api.EXPECT()
	expect.DescribeClusterDetail(mock.Anything, &ack.DescribeClusterDetailRequest{ClusterID: "c1"}, mock.Anything).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{State: ack.ClusterStateRunning}}, nil).Once()
	for _, page := range []*ack.DescribeClusterNodesResponse{
		nodes(ack.NodeStatusReady),
		nodes(ack.NodeStatusReady, ack.NodeStatusNotReady),
		nodes(ack.NodeStatusReady, ack.NodeStatusReady, ack.NodeStatusReady),
		nodes(ack.NodeStatusReady, ack.NodeStatusReady, ack.NodeStatusReady),
	} {
		expect.DescribeClusterNodes(mock.Anything, mock.Anything, mock.Anything).Return(page, nil).Once()
	}
	expect.ScaleClusterNodePool(mock.Anything, &ack.ScaleClusterNodePoolRequest{ClusterID: "c1", NodePoolID: "np1", Count: new(int64(2))}, mock.Anything).
		Return(nil, nil).Once()

	names, err := grow(t.Context(), api, "c1", "np1", 3, roa.WaitDelay(time.Millisecond, time.Millisecond))
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b", "c"}, names)
}

func TestGrowWaitsForTheCluster(t *testing.T) {
	t.Parallel()
	api := ackmock.NewAPI(t)
	api.EXPECT().DescribeClusterDetail(mock.Anything, mock.Anything, mock.Anything).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "shop", State: ack.ClusterStateUpdating}}, nil)
	_, err := grow(t.Context(), api, "c1", "np1", 3)
	assert.EqualError(t, err, "cluster shop is updating, not running")
}

// TestGrowOnTheWire has the fake server, which checks signatures and compares requests
// with the spec, and responds with its examples.
func TestGrowOnTheWire(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	client, err := ack.New(srv.Options()...)
	require.NoError(t, err)
	srv.Respond("DescribeClusterNodes", acktest.Response{Body: `{"nodes": [], "page": {"page_number": 1, "page_size": 100, "total_count": 0}}`})
	names, err := grow(t.Context(), client, "c1", "np1", 1)
	require.NoError(t, err)
	assert.NotEmpty(t, names)
	var called []string
	for _, r := range srv.Requests() {
		called = append(called, r.Operation)
	}
	assert.Equal(t, []string{"DescribeClusterDetail", "DescribeClusterNodes", "ScaleClusterNodePool", "DescribeClusterNodes", "DescribeClusterNodes"}, called)
}
