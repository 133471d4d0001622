package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func (s *poolSite) upgrade(in ack.UpgradeClusterNodepoolRequest) (string, error) {
	in.ClusterID, in.NodePoolID = s.cluster, s.pool
	out, err := s.client.UpgradeClusterNodepool(s.Context(), &in)
	if err != nil {
		return "", err
	}
	return out.TaskID, nil
}

func (s *poolSite) setUpgradeConfig(config *ack.UpgradeConfig) { //nolint:staticcheck // deprecated
	s.Helper()
	_, err := s.client.ModifyClusterNodePoolAndWait(s.Context(), &ack.ModifyClusterNodePoolRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Management: &ack.Management{UpgradeConfig: config}, //nolint:staticcheck // deprecated
	})
	require.NoError(s, err)
}

func TestNodePoolUpgradeInBatches(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 5)
	s.setUpgradeConfig(&ack.UpgradeConfig{MaxUnavailable: new(int64(2)), SurgePercentage: new(int64(50))}) //nolint:staticcheck // deprecated
	image := "aliyun_3_x64_20G_alibase_20250101.vhd"
	task, err := s.upgrade(ack.UpgradeClusterNodepoolRequest{KubernetesVersion: new("1.33.3-aliyun.1"), ImageID: &image})
	require.NoError(t, err)
	status := s.detail().Status
	assert.Equal(t, ack.NodePoolStateUpdating, status.State)
	assert.EqualValues(t, 3, status.InitialNodes, "the surge is half of the nodes, rounded up")
	for batch, upgraded := range []int64{0, 2, 4} {
		s.srv.Advance([]time.Duration{4 * time.Minute, 5 * time.Minute, 5 * time.Minute}[batch])
		status = s.detail().Status
		assert.EqualValues(t, 8, status.TotalNodes)
		assert.EqualValues(t, 8-min(2, 5-upgraded), status.HealthyNodes, "no more are unavailable than may be")
		images := int64(0)
		for _, n := range s.nodes() {
			if n.ImageID == image {
				images++
			}
		}
		assert.Equal(t, upgraded, images)
	}
	s.srv.Advance(time.Hour)
	s.healthy(5)
	assert.Equal(t, image, s.detail().ScalingGroup.ImageID)
	assert.Len(t, s.task(task).TaskResult, 5)
	assert.EqualValues(t, 5, *s.detail().ScalingGroup.DesiredSize)
}

func TestNodePoolUpgradePauses(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 3)
	old := s.detail().ScalingGroup.ImageID
	task, err := s.upgrade(ack.UpgradeClusterNodepoolRequest{
		ImageID: new("new"), RollingPolicy: &ack.NodePoolUpgradePolicy{MaxParallelism: new(int32(1)), PausePolicy: new(ack.PausePolicyFirstBatch)},
	})
	require.NoError(t, err)
	_, err = s.client.WaitTaskPaused(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: task})
	require.NoError(t, err)
	s.srv.Advance(time.Hour)
	assert.EqualValues(t, 3, s.detail().Status.HealthyNodes, "nothing is under way")
	assert.Equal(t, "new", s.nodes()[0].ImageID)
	assert.Equal(t, old, s.nodes()[1].ImageID)
	_, err = s.client.ResumeTask(t.Context(), &ack.ResumeTaskRequest{TaskID: task})
	require.NoError(t, err)
	s.srv.Advance(time.Minute)
	assert.EqualValues(t, 2, s.detail().Status.HealthyNodes)
	_, err = s.client.CancelTask(t.Context(), &ack.CancelTaskRequest{TaskID: task})
	require.NoError(t, err)
	_, err = s.client.WaitTaskCanceled(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: task})
	require.NoError(t, err)
	s.healthy(3)
	assert.Equal(t, "new", s.nodes()[1].ImageID, "the batch that was under way is finished")
	assert.Equal(t, old, s.nodes()[2].ImageID)
	assert.Equal(t, old, s.detail().ScalingGroup.ImageID)
}

func TestNodePoolUpgradeFailsAndRepairHelps(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 3)
	s.setUpgradeConfig(&ack.UpgradeConfig{Surge: new(int64(1))}) //nolint:staticcheck // deprecated
	s.srv.FailNext("UpgradeClusterNodepool", Failure{Stage: "upgrade_nodes"})
	_, err := s.upgrade(ack.UpgradeClusterNodepoolRequest{ImageID: new("new"), RollingPolicy: &ack.NodePoolUpgradePolicy{MaxParallelism: new(int32(2))}})
	require.NoError(t, err)
	s.srv.Advance(time.Hour)
	status := s.detail().Status
	assert.Equal(t, ack.NodePoolStateActive, status.State)
	assert.EqualValues(t, 3, status.TotalNodes, "the surge is gone")
	assert.EqualValues(t, 1, status.HealthyNodes)
	repair := func(nodes ...string) error {
		_, err := s.client.RepairClusterNodePoolAndWait(t.Context(), &ack.RepairClusterNodePoolRequest{ClusterID: s.cluster, NodePoolID: s.pool, Nodes: nodes})
		return err
	}
	s.refuses(roa.CodeInvalidResourceNotFound, func() error { return repair("none") })
	require.NoError(t, repair(s.nodes()[0].NodeName))
	assert.EqualValues(t, 2, s.detail().Status.HealthyNodes)
	require.NoError(t, repair())
	s.healthy(3)
	s.pool = s.create(&ack.CreateClusterNodePoolRequest{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "unmanaged"}})
	s.refuses(conflict, func() error { return repair() })
}

func TestNodePoolUpgradeRefusals(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	for name, test := range map[string]struct {
		code roa.Code
		in   ack.UpgradeClusterNodepoolRequest
	}{
		"nothing":                              {roa.CodeInvalidParameter, ack.UpgradeClusterNodepoolRequest{}},
		"newer than that of the control plane": {roa.CodeInvalidParameter, ack.UpgradeClusterNodepoolRequest{KubernetesVersion: new("1.34.1-aliyun.1")}},
		"older":                                {roa.CodeInvalidParameter, ack.UpgradeClusterNodepoolRequest{KubernetesVersion: new("1.32.1-aliyun.1")}},
		"no such node":                         {roa.CodeInvalidResourceNotFound, ack.UpgradeClusterNodepoolRequest{ImageID: new("new"), NodeNames: []string{"none"}}},
	} {
		s.refuses(test.code, func() error { _, err := s.upgrade(test.in); return err }, name)
	}
}

func TestNodeConfig(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 2)
	configure := func(kubelet ack.KubeletConfig) error {
		_, err := s.client.ModifyNodePoolNodeConfigAndWait(t.Context(), &ack.ModifyNodePoolNodeConfigRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, KubeletConfig: &kubelet, RollingPolicy: &ack.NodeConfigRollout{MaxParallelism: new(int64(1))},
		})
		return err
	}
	require.NoError(t, configure(ack.KubeletConfig{MaxPods: new(int64(64))}))
	require.NoError(t, configure(ack.KubeletConfig{EvictionHard: map[string]any{"memory.available": "300Mi"}}))
	s.srv.FailNext("ModifyNodePoolNodeConfig", Failure{})
	require.Error(t, configure(ack.KubeletConfig{MaxPods: new(int64(1))}))
	got := s.detail().NodeConfig.KubeletConfiguration
	assert.EqualValues(t, 64, *got.MaxPods)
	assert.Equal(t, map[string]any{"memory.available": "300Mi"}, got.EvictionHard)
}

func TestSyncNodePools(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	out, err := s.client.SyncClusterNodePool(t.Context(), &ack.SyncClusterNodePoolRequest{ClusterID: s.cluster})
	require.NoError(t, err)
	assert.NotEmpty(t, out.RequestID)
	s.refuses(ack.CodeErrorClusterNotFound, func() error {
		_, err := s.client.SyncClusterNodePool(t.Context(), &ack.SyncClusterNodePoolRequest{ClusterID: "none"})
		return err
	})
}

func TestAutoscalingConfig(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	configure := func(in ack.CreateAutoscalingConfigRequest) error {
		in.ClusterID = s.cluster
		_, err := s.client.CreateAutoscalingConfig(t.Context(), &in)
		return err
	}
	good := ack.CreateAutoscalingConfigRequest{
		CoolDownDuration: new("10m"), UnneededDuration: new("60m"), UtilizationThreshold: new("0.5"), ScanInterval: new("30s"),
		Priorities: map[string][]string{"10": {"asg-1"}},
	}
	for name, in := range map[string]ack.CreateAutoscalingConfigRequest{
		"hours":    {CoolDownDuration: new("1h")},
		"61m":      {UnneededDuration: new("61m")},
		"above 1":  {UtilizationThreshold: new("1.5")},
		"minutes":  {ScanInterval: new("1m")},
		"priority": {Priorities: map[string][]string{"high": {"asg-1"}}},
		"rank 0":   {Priorities: map[string][]string{"0": {"asg-1"}}},
		"rank 101": {Priorities: map[string][]string{"101": {"asg-1"}}},
	} {
		s.refuses(roa.CodeInvalidParameter, func() error { return configure(in) }, name)
	}
	require.NoError(t, configure(good))
	s.refuses(conflict, func() error { return configure(good) }, "it is being configured")
	s.srv.Advance(time.Minute)
	s.srv.FailNext("CreateAutoscalingConfig", Failure{})
	require.NoError(t, configure(ack.CreateAutoscalingConfigRequest{ScanInterval: new("60s")}))
	s.srv.Advance(time.Minute)
	require.NoError(t, configure(good))
	for _, written := range []ack.CreateAutoscalingConfigRequest{{CoolDownDuration: new("10"), ScanInterval: new("30")}, {UnneededDuration: new("10 m")}} {
		s.srv.Advance(time.Minute)
		require.NoError(t, configure(written), "as documents write it")
	}
}
