package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestWaitsFollowClock holds that a wait with its own delays takes no time, and that the clock of the server goes on meanwhile.
func TestWaitsFollowClock(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	begin, start := time.Now(), srv.Now()
	created, err := client.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	out, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateRunning, out.State)
	assert.Equal(t, start, out.Created)

	_, err = client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	_, err = client.WaitClusterDeleted(ctx, &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	_, err = client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	assert.Greater(t, srv.Now().Sub(start), 5*time.Minute)
	assert.Less(t, time.Since(begin), srv.Now().Sub(start))
}

func TestFailNext(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	srv.FailNext("CreateCluster", Failure{Code: "NoStock", Message: "sold out"})
	_, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	var taskErr *roa.TaskError
	require.ErrorAs(t, err, &taskErr)
	assert.Equal(t, "NoStock", taskErr.Code)
	assert.Equal(t, "sold out", taskErr.Message)
	assert.PanicsWithError(t, "acktest: fail next change: the spec has no operation CreateClusters; did you mean CreateCluster?", func() { srv.FailNext("CreateClusters", Failure{}) })
}

func TestWithSpeed(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithSpeed(1e5))
	client := srv.Client(t)
	_, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	for _, factor := range []float64{0, -1, 1e7} {
		_, err := Start(WithSpeed(factor))
		require.ErrorContains(t, err, "acktest.WithSpeed: the factor")
	}
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	created, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	saved, err := srv.Snapshot()
	require.NoError(t, err)

	other := NewServer(t)
	require.NoError(t, other.Restore(saved))
	out, err := other.Client(t).WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, "test", out.Name)
	require.ErrorContains(t, other.Restore([]byte("{")), "acktest: load state")
	_, err = client.WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	require.NoError(t, srv.Restore(saved))
	out2, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateInitial, out2.State, "the clock went back")
}

func TestWithQuota(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithQuota(Quota{Clusters: 1}))
	client := srv.Client(t)
	_, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "one", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	_, err = client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "two", RegionID: "cn-hangzhou"})
	require.ErrorIs(t, err, roa.ErrConflict)
	require.ErrorContains(t, err, "The quota of 1 clusters is exceeded.")
	_, err = Start(WithQuota(Quota{Nodes: -1}))
	require.EqualError(t, err, "acktest.WithQuota: a number is negative")
}
