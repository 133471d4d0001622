package nodepools_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/nodepools"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// A site is a state with one cluster that runs.
type site struct {
	*world.State

	t       *testing.T
	cluster string
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{State: world.New(world.NewSteppedClock(), 1), t: t}
	s.do("CreateCluster", func(w *world.World) error {
		c := &world.Cluster{Cluster: ack.Cluster{RegionID: "cn-beijing", CurrentVersion: "1.33.3-aliyun.1"}}
		s.cluster = w.CreateCluster(c).ClusterID
		return nil
	})
	s.Advance(time.Hour)
	return s
}

func (s *site) do(operation string, f func(*world.World) error) {
	s.t.Helper()
	require.NoError(s.t, s.Do(world.Call{Caller: world.Caller{Account: "1"}, Operation: operation}, f))
}

// pool creates a node pool of so many nodes, and returns its id.
func (s *site) pool(size int64) (id string) {
	s.t.Helper()
	s.do("CreateClusterNodePool", func(w *world.World) error {
		out, err := nodepools.CreateClusterNodePool(w, &ack.CreateClusterNodePoolRequest{
			ClusterID: s.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
			ScalingGroup: &ack.ScalingGroupSpec{VSwitchIDs: []string{"vsw-1"}, InstanceTypes: []string{"ecs.g7.xlarge"}, DesiredSize: &size},
		})
		if err == nil {
			id = out.NodePoolID
		}
		return err
	})
	return id
}

// status returns the status of a node pool, whose numbers must add up.
func (s *site) status(id string) (status ack.NodePoolStatus) {
	s.t.Helper()
	s.do("DescribeClusterNodePoolDetail", func(w *world.World) error {
		out, err := nodepools.DescribeClusterNodePoolDetail(w, &ack.DescribeClusterNodePoolDetailRequest{ClusterID: s.cluster, NodePoolID: id})
		if err == nil {
			status = out.Status
		}
		return err
	})
	sum := status.ServingNodes + status.InitialNodes + status.RemovingNodes + status.OfflineNodes + status.FailedNodes
	assert.Equal(s.t, status.TotalNodes, sum)
	return status
}

func (s *site) scale(id string, count int64) {
	s.t.Helper()
	s.do("ScaleClusterNodePool", func(w *world.World) error {
		_, err := nodepools.ScaleClusterNodePool(w, &ack.ScaleClusterNodePoolRequest{ClusterID: s.cluster, NodePoolID: id, Count: &count})
		return err
	})
}

func TestScaleOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.pool(3)
	status := s.status(id)
	assert.Equal(t, ack.NodePoolStateInitial, status.State)
	assert.EqualValues(t, 3, status.InitialNodes)
	s.Advance(4 * time.Minute)
	status = s.status(id)
	assert.Equal(t, ack.NodePoolStateActive, status.State)
	assert.EqualValues(t, 3, status.HealthyNodes)
	s.scale(id, 2)
	assert.Equal(t, ack.NodePoolStateScaling, s.status(id).State)
	s.Advance(3 * time.Minute)
	status = s.status(id)
	assert.Equal(t, ack.NodePoolStateActive, status.State)
	assert.EqualValues(t, 5, status.ServingNodes)
}

func TestScaleOutFails(t *testing.T) {
	t.Parallel()
	for stage, failed := range map[string]int64{"create_instances": 0, "init_nodes": 2, "": 2} {
		s := newSite(t)
		id := s.pool(1)
		s.Advance(time.Hour)
		s.FailNext("ScaleClusterNodePool", world.Failure{Code: "NoStock", Message: "sold out", Stage: stage})
		s.scale(id, 2)
		s.Advance(time.Hour)
		status := s.status(id)
		assert.Equal(t, ack.NodePoolStateActive, status.State)
		assert.Equal(t, failed, status.FailedNodes, stage)
		assert.EqualValues(t, 1, status.HealthyNodes)
		s.scale(id, 1)
		s.Advance(time.Hour)
		assert.EqualValues(t, 2, s.status(id).HealthyNodes)
	}
}
