package acktest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// settled is longer than anything takes that the server does.
const settled = 24 * time.Hour

// plenty is a quota that nobody reaches.
var plenty = Quota{Clusters: 1000, ManagedClusters: 1000, NodePools: 1000, Nodes: 1000}

// plainCluster is a cluster as the model knows it: what there has to be once nothing is under way.
type plainCluster struct {
	protected bool
	pools     map[string]int64 // sizes by id
}

// A model is what there has to be after some requests, without anything that takes time.
type model struct {
	srv      *Server
	client   *ack.Client
	clusters map[string]*plainCluster
	names    int
}

func newModel(srv *Server, client *ack.Client) *model {
	return &model{srv: srv, client: client, clusters: make(map[string]*plainCluster)}
}

// ids returns the ids of the clusters, and "" as one that does not exist.
func (m *model) ids() []string {
	ids := []string{""}
	for id := range m.clusters {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (m *model) poolIDs(id string) []string {
	ids := []string{""}
	if c := m.clusters[id]; c != nil {
		for pool := range c.pools {
			ids = append(ids, pool)
		}
	}
	slices.Sort(ids)
	return ids
}

// or names a resource that does not exist where there is none.
func or(id string) string {
	if id == "" {
		return "missing"
	}
	return id
}

func (m *model) create(ctx context.Context, t require.TestingT) {
	m.names++
	out, err := m.client.CreateCluster(ctx, &ack.CreateClusterRequest{Name: fmt.Sprintf("cluster-%d", m.names), RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	m.clusters[out.ClusterID] = &plainCluster{pools: map[string]int64{}}
	m.srv.Advance(settled)
	list, err := m.client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: out.ClusterID})
	require.NoError(t, err)
	for _, p := range list.NodePools { // a cluster may have a default one
		m.clusters[out.ClusterID].pools[p.NodePoolInfo.NodePoolID] = p.Status.TotalNodes
	}
}

func (m *model) protect(ctx context.Context, t require.TestingT, id string, on bool) {
	_, err := m.client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: or(id), DeletionProtection: new(on)})
	c := m.clusters[id]
	if c == nil {
		require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
		return
	}
	require.NoError(t, err)
	c.protected = on
}

func (m *model) remove(ctx context.Context, t require.TestingT, id string) {
	_, err := m.client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: or(id)})
	c := m.clusters[id]
	switch {
	case c == nil:
		require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	case c.protected:
		require.ErrorIs(t, err, roa.ErrConflict)
	default:
		require.NoError(t, err)
		delete(m.clusters, id)
	}
}

func (m *model) addPool(ctx context.Context, t require.TestingT, id string, size int64) {
	m.names++
	out, err := m.client.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{
		ClusterID:    or(id),
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: fmt.Sprintf("pool-%d", m.names)},
		ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(size)},
	})
	c := m.clusters[id]
	if c == nil {
		require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
		return
	}
	require.NoError(t, err)
	c.pools[out.NodePoolID] = size
}

func (m *model) scale(ctx context.Context, t require.TestingT, id, pool string, size int64) {
	_, err := m.client.ModifyClusterNodePool(ctx, &ack.ModifyClusterNodePoolRequest{
		ClusterID: or(id), NodePoolID: or(pool), ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(size)},
	})
	if m.found(t, err, id, pool) {
		m.clusters[id].pools[pool] = size
	}
}

func (m *model) removePool(ctx context.Context, t require.TestingT, id, pool string) {
	_, err := m.client.DeleteClusterNodepool(ctx, &ack.DeleteClusterNodepoolRequest{ClusterID: or(id), NodePoolID: or(pool), Force: new(true)})
	if m.found(t, err, id, pool) {
		delete(m.clusters[id].pools, pool)
	}
}

// found reports whether there is such a pool, and checks the error if not.
func (m *model) found(t require.TestingT, err error, id, pool string) bool {
	c := m.clusters[id]
	if c == nil {
		require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
		return false
	}
	if _, there := c.pools[pool]; !there {
		require.ErrorIs(t, err, ack.CodeErrorNodePoolNotFound)
		return false
	}
	require.NoError(t, err)
	return true
}

// check compares all that the server shows with the model, once nothing is under way.
func (m *model) check(ctx context.Context, t require.TestingT) {
	m.srv.Advance(settled)
	var listed []string
	for c, err := range m.client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{}) {
		require.NoError(t, err)
		listed = append(listed, c.ClusterID)
		want := m.clusters[c.ClusterID]
		require.NotNil(t, want, "a cluster that was deleted is listed")
		assert.Equal(t, want.protected, c.DeletionProtection)
		m.checkCluster(ctx, t, c, want)
	}
	assert.Len(t, listed, len(m.clusters))
}

func (m *model) checkCluster(ctx context.Context, t require.TestingT, c ack.Cluster, want *plainCluster) {
	assert.Equal(t, ack.ClusterStateRunning, c.State)
	list, err := m.client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: c.ClusterID})
	require.NoError(t, err)
	sizes, total := map[string]int64{}, int64(0)
	for _, p := range list.NodePools {
		sizes[p.NodePoolInfo.NodePoolID] = p.Status.TotalNodes
		total += p.Status.TotalNodes
		assert.Equal(t, ack.NodePoolStateActive, p.Status.State)
		assert.Equal(t, p.Status.TotalNodes, p.Status.HealthyNodes)
	}
	assert.Equal(t, want.pools, sizes)
	assert.Equal(t, total, c.Size, "nodes of the cluster")
	nodes := map[string]int64{}
	for n, err := range m.client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: c.ClusterID, PageSize: new("100")}) {
		require.NoError(t, err)
		assert.Contains(t, sizes, n.NodePoolID, "a node without its pool")
		nodes[n.NodePoolID]++
	}
	for pool, n := range sizes {
		assert.Equal(t, n, nodes[pool], "nodes of a pool")
	}
	for task, err := range m.client.DescribeClusterTasksAll(ctx, &ack.DescribeClusterTasksRequest{ClusterID: c.ClusterID}) {
		require.NoError(t, err)
		assert.Equal(t, ack.TaskStateSuccess, task.State, "every task ends")
	}
}

// TestModel compares the server with a plain model under random requests.
func TestModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		srv, err := Start(WithQuota(plenty))
		require.NoError(t, err)
		defer srv.Close()
		client, err := ack.New(srv.Options()...)
		require.NoError(t, err)
		m := newModel(srv, client)
		cluster := func() string { return rapid.SampledFrom(m.ids()).Draw(t, "cluster") }
		pool := func(id string) string { return rapid.SampledFrom(m.poolIDs(id)).Draw(t, "pool") }
		size := rapid.Int64Range(0, 6)
		t.Repeat(map[string]func(*rapid.T){
			"create":  func(t *rapid.T) { m.create(ctx, t) },
			"protect": func(t *rapid.T) { m.protect(ctx, t, cluster(), rapid.Bool().Draw(t, "on")); srv.Advance(settled) },
			"delete":  func(t *rapid.T) { m.remove(ctx, t, cluster()) },
			"pool":    func(t *rapid.T) { m.addPool(ctx, t, cluster(), size.Draw(t, "size")); srv.Advance(settled) },
			"scale": func(t *rapid.T) {
				id := cluster()
				m.scale(ctx, t, id, pool(id), size.Draw(t, "size"))
				srv.Advance(settled)
			},
			"shrink": func(t *rapid.T) { id := cluster(); m.removePool(ctx, t, id, pool(id)); srv.Advance(settled) },
			"check":  func(t *rapid.T) { m.check(ctx, t) },
		})
		m.check(ctx, t)
	})
}

// TestManyClients lets 64 clients work on clusters of their own, on one clock, and holds that each finds what it has made.
func TestManyClients(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithQuota(plenty))
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), 1)) //nolint:gosec // tests must be repeatable
			client := srv.Client(t)
			out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: fmt.Sprintf("client-%d", i), RegionID: "cn-hangzhou"})
			if !assert.NoError(t, err) {
				return
			}
			size := int64(random.IntN(4))
			pool, err := client.CreateClusterNodePoolAndWait(t.Context(), &ack.CreateClusterNodePoolRequest{
				ClusterID: out.ClusterID, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
				ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(size)},
			})
			if !assert.NoError(t, err) {
				return
			}
			found, err := client.DescribeClusterNodePoolDetail(t.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: out.ClusterID, NodePoolID: pool.NodePoolID})
			if assert.NoError(t, err) {
				assert.Equal(t, size, found.Status.TotalNodes)
			}
			if random.IntN(2) == 0 {
				_, err = client.DeleteClusterAndWait(t.Context(), &ack.DeleteClusterRequest{ClusterID: out.ClusterID})
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	for _, r := range srv.Requests() {
		assert.Less(t, r.Status, http.StatusBadRequest, r.Operation)
	}
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	for c, err := range srv.Client(t).DescribeClustersV1All(t.Context(), &ack.DescribeClustersV1Request{}) {
		require.NoError(t, err)
		assert.Equal(t, 1, strings.Count(string(snapshot), `"id": "`+c.ClusterID+`"`))
	}
}
