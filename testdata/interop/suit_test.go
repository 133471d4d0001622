package interop

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
)

// suits holds what examples need besides real ids: something under way that they stop, a cluster of another kind, or another value.
var suits = map[string]func(t *testing.T, s *site, in *input){
	"CancelClusterUpgrade":       func(t *testing.T, s *site, _ *input) { s.upgrade(t) },
	"PauseClusterUpgrade":        func(t *testing.T, s *site, _ *input) { s.upgrade(t) },
	"ResumeUpgradeCluster":       suitResumeUpgrade,
	"CancelTask":                 func(t *testing.T, s *site, in *input) { in.params["taskId"] = s.upgrade(t) },
	"PauseTask":                  func(t *testing.T, s *site, in *input) { in.params["taskId"] = s.upgrade(t) },
	"ResumeTask":                 suitResumeTask,
	"CancelComponentUpgrade":     func(t *testing.T, s *site, _ *input) { s.upgradeCSI(t) },
	"PauseComponentUpgrade":      func(t *testing.T, s *site, _ *input) { s.upgradeCSI(t) },
	"ResumeComponentUpgrade":     suitResumeComponent,
	"InstallClusterAddons":       suitInstall,
	"CreateClusterInspectConfig": suitInspectConfig,
	"DeleteClusterNodepool":      func(_ *testing.T, _ *site, in *input) { in.params["force"] = true },
	"EdgeClusterAddEdgeMachine":  suitEdge,
	"MigrateCluster":             suitMigrate,
	"DescribeExternalAgent":      suitAgent,
}

// suited returns a call of the spec as it suits the site. It is about the first page of a list: examples of tokens are of no list.
func (s *site) suited(t *testing.T, op *operation, in input) input {
	t.Helper()
	in.params = maps.Clone(in.params)
	maps.DeleteFunc(in.params, func(name string, _ any) bool { return plainName(name) == "nexttoken" })
	if suit := suits[op.name]; suit != nil {
		suit(t, s, &in)
	}
	return in
}

// upgrade starts an upgrade of the cluster and returns its task.
func (s *site) upgrade(t *testing.T) string {
	t.Helper()
	out, err := s.client.UpgradeCluster(t.Context(), &ack.UpgradeClusterRequest{ClusterID: sample.ClusterID, NextVersion: new("1.33.3-aliyun.1")})
	require.NoError(t, err)
	return out.TaskID
}

func suitResumeUpgrade(t *testing.T, s *site, _ *input) {
	t.Helper()
	s.upgrade(t)
	_, err := s.client.PauseClusterUpgrade(t.Context(), &ack.PauseClusterUpgradeRequest{ClusterID: sample.ClusterID}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	s.srv.Advance(time.Hour) // until it is paused
}

func suitResumeTask(t *testing.T, s *site, in *input) {
	t.Helper()
	task := s.upgrade(t)
	_, err := s.client.PauseTask(t.Context(), &ack.PauseTaskRequest{TaskID: task})
	require.NoError(t, err)
	s.srv.Advance(time.Hour) // until it is paused
	in.params["taskId"] = task
}

// upgradeCSI starts an upgrade of the add-on csi-plugin.
func (s *site) upgradeCSI(t *testing.T) {
	t.Helper()
	_, err := s.client.UpgradeClusterAddons(t.Context(), &ack.UpgradeClusterAddonsRequest{ClusterID: sample.ClusterID, Items: []ack.AddonUpgrade{
		{ComponentName: "csi-plugin", NextVersion: "v1.18.8.45-1c5d2cd1-aliyun"},
	}})
	require.NoError(t, err)
}

func suitResumeComponent(t *testing.T, s *site, _ *input) {
	t.Helper()
	s.upgradeCSI(t)
	pause := &ack.PauseComponentUpgradeRequest{ClusterID: sample.ClusterID, ComponentID: "csi-plugin"}
	_, err := s.client.PauseComponentUpgrade(t.Context(), pause) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	s.srv.Advance(time.Hour) // until it is paused
}

// suitInstall removes what the example installs.
func suitInstall(t *testing.T, s *site, _ *input) {
	t.Helper()
	_, err := s.client.UnInstallClusterAddonsAndWait(t.Context(), &ack.UnInstallClusterAddonsRequest{
		ClusterID: sample.ClusterID, Items: []ack.AddonUninstall{{Name: "ack-node-problem-detector"}, {Name: "nginx-ingress-controller"}},
	})
	require.NoError(t, err)
}

func suitInspectConfig(t *testing.T, s *site, _ *input) {
	t.Helper()
	_, err := s.client.DeleteClusterInspectConfig(t.Context(), &ack.DeleteClusterInspectConfigRequest{ClusterID: sample.ClusterID})
	require.NoError(t, err)
}

// suitEdge makes the call about an edge cluster and a pool in it.
func suitEdge(t *testing.T, s *site, in *input) {
	t.Helper()
	cluster := s.another(t, &ack.CreateClusterRequest{Profile: new(ack.ClusterProfileEdge)})
	pool, err := s.client.CreateClusterNodePoolAndWait(t.Context(), &ack.CreateClusterNodePoolRequest{
		ClusterID: cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "shops", Type: new(ack.NodePoolTypeEdge)},
	})
	require.NoError(t, err)
	in.params["ClusterId"] = cluster
	in.body = with(in.body, "nodepool_id", pool.NodePoolID)
}

func suitMigrate(t *testing.T, s *site, in *input) {
	t.Helper()
	in.params["ClusterId"] = s.another(t, &ack.CreateClusterRequest{ClusterSpec: new(ack.ClusterSpecACKStandard)})
}

func suitAgent(t *testing.T, s *site, in *input) {
	t.Helper()
	in.params["ClusterId"] = s.another(t, &ack.CreateClusterRequest{ClusterType: new(ack.ClusterTypeExternalKubernetes)})
}

// another creates a cluster beside that of the site.
func (s *site) another(t *testing.T, in *ack.CreateClusterRequest) string {
	t.Helper()
	in.Name, in.RegionID = "another", region
	created, err := s.client.CreateClusterAndWait(t.Context(), in)
	require.NoError(t, err)
	return created.ClusterID
}
