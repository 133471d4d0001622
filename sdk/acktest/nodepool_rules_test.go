package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// nameTaken is the code of the service for the name of another node pool.
const nameTaken roa.Code = "InvalidParameter.Name"

func TestNodePoolNames(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	workers := s.pool
	s.pool = s.create(&ack.CreateClusterNodePoolRequest{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "others"}})
	rename := func(pool, name string) error {
		_, err := s.client.ModifyClusterNodePoolAndWait(t.Context(), &ack.ModifyClusterNodePoolRequest{
			ClusterID: s.cluster, NodePoolID: pool, NodePoolInfo: &ack.NodePoolInfoUpdate{Name: &name},
		})
		return err
	}
	for name, request := range map[string]func() error{
		"create": func() error {
			_, err := s.client.CreateClusterNodePool(t.Context(), &ack.CreateClusterNodePoolRequest{
				ClusterID: s.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
			})
			return err
		},
		"rename": func() error { return rename(s.pool, "workers") },
		"with a cluster": func() error {
			twins := []ack.NodePoolSpec{{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "a"}}, {NodePoolInfo: &ack.NodePoolInfoSpec{Name: "a"}}}
			_, err := s.client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "twins", RegionID: "cn-hangzhou", NodePools: twins})
			return err
		},
	} {
		s.refuses(nameTaken, request, name)
	}
	require.NoError(t, rename(s.pool, "others"), "it is its own")
	require.NoError(t, rename(workers, "free"))
	require.NoError(t, rename(s.pool, "workers"))
}

// TestNodePoolImages holds what a pool gets that names no version of its runtime, and a type of image or none.
func TestNodePoolImages(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	for name, test := range map[string]struct {
		kind      *ack.ImageType
		id        *string
		wantImage string
	}{
		"neither":  {nil, nil, "aliyun_3_x64_20G_alibase_20241218.vhd"},
		"type":     {new(ack.ImageTypeContainerOS), nil, "lifsea_3_x64_10G_containerd_1_6_38_alibase_20241226.vhd"},
		"id":       {nil, new("m-1"), "m-1"},
		"both":     {new(ack.ImageTypeContainerOS), new("m-2"), "m-2"},
		"old-type": {new(ack.ImageType("CentOS")), nil, ""},
	} {
		machines := group(nil)
		machines.ImageType, machines.ImageID = test.kind, test.id
		s.pool = s.create(&ack.CreateClusterNodePoolRequest{NodePoolInfo: &ack.NodePoolInfoSpec{Name: name}, ScalingGroup: machines})
		p := s.detail()
		assert.Equal(t, test.wantImage, p.ScalingGroup.ImageID, name)
		assert.Equal(t, "2.1.3", *p.KubernetesConfig.RuntimeVersion, name)
	}
	_, err := s.client.ModifyClusterNodePoolAndWait(t.Context(), &ack.ModifyClusterNodePoolRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, ScalingGroup: &ack.ScalingGroupUpdate{ImageType: new(ack.ImageTypeAliyunLinux3ARM64)},
	})
	require.NoError(t, err)
	assert.Equal(t, "aliyun_3_arm64_20G_alibase_20241218.vhd", s.detail().ScalingGroup.ImageID)
}

// TestNodesFromOutside holds that nothing starts nodes in a pool whose machines join from outside.
func TestNodesFromOutside(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	for kind, machines := range map[ack.NodePoolType]*ack.EfloNodeGroup{ack.NodePoolTypeEdge: nil, ack.NodePoolTypeLingjun: {ClusterID: new("i118976621753269898628"), GroupID: new("i127582271753269898630")}} {
		in := ack.CreateClusterNodePoolRequest{
			ClusterID: s.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: string(kind), Type: &kind}, EfloNodeGroup: machines, Count: new(int64(1)), //nolint:staticcheck // deprecated
		}
		s.refuses(roa.CodeInvalidParameter, func() error { _, err := s.client.CreateClusterNodePool(t.Context(), &in); return err }, kind)
		in.Count, in.AutoScaling = nil, &ack.AutoScaling{Enable: new(true), MinInstances: new(int64(2)), MaxInstances: new(int64(3))} //nolint:staticcheck // deprecated
		s.pool = s.create(&in)
		s.healthy(0)
		_, err := s.client.AttachInstancesToNodePoolAndWait(t.Context(), &ack.AttachInstancesToNodePoolRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, Instances: []string{"i-of-" + string(kind)},
		})
		require.NoError(t, err)
		s.healthy(1)
	}
}

// TestNodesMayFail holds that a change of nodes goes on while no more of them have failed than may.
func TestNodesMayFail(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		mayFail   int32
		wantState ack.TaskState
		wantNew   int // nodes
	}{
		"none": {0, ack.TaskStateFail, 0},
		"one":  {1, ack.TaskStateFail, 0},
		"two":  {2, ack.TaskStateSuccess, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newPoolSite(t, 5)
			s.srv.FailNext("UpgradeClusterNodepool", Failure{Stage: "upgrade_nodes"})
			id, err := s.upgrade(ack.UpgradeClusterNodepoolRequest{
				ImageID: new("new"), RollingPolicy: &ack.NodePoolUpgradePolicy{MaxParallelism: new(int32(2)), MaxFailedNodes: &test.mayFail},
			})
			require.NoError(t, err)
			s.srv.Advance(time.Hour)
			got := s.task(id)
			assert.Equal(t, test.wantState, got.State)
			results := make(map[ack.TaskResultStatus]int)
			for _, r := range got.TaskResult {
				results[r.Status]++
			}
			assert.Equal(t, 2, results[ack.TaskResultStatusFailed])
			assert.Equal(t, test.wantNew, results[ack.TaskResultStatusSuccess])
			images := 0
			for _, n := range s.nodes() {
				if n.ImageID == "new" {
					images++
				}
			}
			assert.Equal(t, test.wantNew, images)
			assert.EqualValues(t, 3, s.detail().Status.HealthyNodes, "those that failed are out of service")
		})
	}
}

// TestBatchInterval holds that an upgrade rests between batches only if it does not pause.
func TestBatchInterval(t *testing.T) {
	t.Parallel()
	for policy, want := range map[ack.PausePolicy]time.Duration{
		ack.PausePolicyNotPause: 25 * time.Minute, ack.PausePolicyFirstBatch: 15*time.Minute + 5*time.Second, // for resuming
	} {
		s := newPoolSite(t, 3)
		_, err := s.upgrade(ack.UpgradeClusterNodepoolRequest{
			ImageID: new("new"), RollingPolicy: &ack.NodePoolUpgradePolicy{MaxParallelism: new(int32(1)), BatchInterval: new(int32(5)), PausePolicy: &policy},
		})
		require.NoError(t, err)
		begun := s.srv.Now()
		if policy == ack.PausePolicyFirstBatch {
			s.srv.Advance(5*time.Minute + 5*time.Second)
			begun = begun.Add(5 * time.Second) // for pausing
			tasks, err := s.client.DescribeClusterTasks(t.Context(), &ack.DescribeClusterTasksRequest{ClusterID: s.cluster})
			require.NoError(t, err)
			_, err = s.client.ResumeTask(t.Context(), &ack.ResumeTaskRequest{TaskID: tasks.Tasks[0].TaskID})
			require.NoError(t, err)
		}
		s.srv.Advance(begun.Add(want).Sub(s.srv.Now()) - time.Second)
		assert.Equal(t, ack.NodePoolStateUpdating, s.detail().Status.State, policy)
		s.srv.Advance(time.Second)
		s.healthy(3)
	}
}
