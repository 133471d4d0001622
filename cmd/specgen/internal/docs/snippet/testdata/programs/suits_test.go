package programs

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
)

// suits make what a program needs besides the sample, by operations or by single programs: something under way that it
// stops or waits for, a cluster of another kind, or that there is not yet what it creates.
var suits = map[string]func(t *testing.T, w *world){
	"CancelClusterUpgrade":                 func(t *testing.T, w *world) { w.upgrade(t) },
	"PauseClusterUpgrade":                  func(t *testing.T, w *world) { w.upgrade(t) },
	"ResumeUpgradeCluster":                 func(t *testing.T, w *world) { w.pausedUpgrade(t) },
	"GetUpgradeStatus/WaitUpgradeFinished": func(t *testing.T, w *world) { w.upgrade(t) },
	"CancelTask":                           func(t *testing.T, w *world) { w.swap(t, w.upgrade(t), sample.TaskID) },
	"PauseTask":                            func(t *testing.T, w *world) { w.swap(t, w.upgrade(t), sample.TaskID) },
	"ResumeTask":                           func(t *testing.T, w *world) { w.swap(t, w.pausedUpgrade(t), sample.TaskID) },
	"DescribeTaskInfo/WaitTaskPaused":      func(t *testing.T, w *world) { w.swap(t, w.pausedUpgrade(t), sample.TaskID) },
	"DescribeTaskInfo/WaitTaskCanceled":    suitCanceled,
	"CancelComponentUpgrade":               func(t *testing.T, w *world) { w.upgradeCSI(t) },
	"PauseComponentUpgrade":                func(t *testing.T, w *world) { w.upgradeCSI(t) },
	"ResumeComponentUpgrade":               suitResumeComponent,
	"InstallClusterAddons":                 suitInstall,
	"GetClusterAddonInstance/WaitAddonDeleted": func(t *testing.T, w *world) {
		w.uninstall(t, "ack-node-problem-detector")
	},
	"CreateClusterInspectConfig":                        suitInspectConfig,
	"DeleteClusterNodepool":                             func(t *testing.T, w *world) { w.emptyPool(t) },
	"DescribeClusterNodePoolDetail/WaitNodePoolDeleted": suitPoolDeleted,
	"DescribeClusterDetail/WaitClusterDeleted":          suitClusterDeleted,
	"EdgeClusterAddEdgeMachine":                         suitEdge,
	"MigrateCluster": func(t *testing.T, w *world) {
		w.another(t, &ack.CreateClusterRequest{ClusterSpec: new(ack.ClusterSpecACKStandard)})
	},
	"DescribeExternalAgent": func(t *testing.T, w *world) {
		w.another(t, &ack.CreateClusterRequest{ClusterType: new(ack.ClusterTypeExternalKubernetes)})
	},
}

// swap makes two ids change places in all that the server remembers.
func (w *world) swap(t *testing.T, a, b string) {
	t.Helper()
	snapshot, err := w.srv.Snapshot()
	require.NoError(t, err)
	require.NoError(t, w.srv.Restore([]byte(strings.NewReplacer(a, b, b, a).Replace(string(snapshot)))))
}

// upgrade starts an upgrade of the cluster and returns its task.
func (w *world) upgrade(t *testing.T) string {
	t.Helper()
	out, err := w.srv.Client(t).UpgradeCluster(t.Context(), &ack.UpgradeClusterRequest{ClusterID: sample.ClusterID, NextVersion: new("1.33.3-aliyun.1")})
	require.NoError(t, err)
	return out.TaskID
}

// pausedUpgrade does so, and pauses it.
func (w *world) pausedUpgrade(t *testing.T) string {
	t.Helper()
	task := w.upgrade(t)
	_, err := w.srv.Client(t).PauseTask(t.Context(), &ack.PauseTaskRequest{TaskID: task})
	require.NoError(t, err)
	w.srv.Advance(time.Hour) // until it is paused
	return task
}

func suitCanceled(t *testing.T, w *world) {
	t.Helper()
	task := w.upgrade(t)
	_, err := w.srv.Client(t).CancelTask(t.Context(), &ack.CancelTaskRequest{TaskID: task})
	require.NoError(t, err)
	w.swap(t, task, sample.TaskID)
}

// upgradeCSI starts an upgrade of the add-on csi-plugin.
func (w *world) upgradeCSI(t *testing.T) {
	t.Helper()
	_, err := w.srv.Client(t).UpgradeClusterAddons(t.Context(), &ack.UpgradeClusterAddonsRequest{ClusterID: sample.ClusterID, Items: []ack.AddonUpgrade{
		{ComponentName: "csi-plugin", NextVersion: "v1.18.8.45-1c5d2cd1-aliyun"},
	}})
	require.NoError(t, err)
}

func suitResumeComponent(t *testing.T, w *world) {
	t.Helper()
	w.upgradeCSI(t)
	pause := &ack.PauseComponentUpgradeRequest{ClusterID: sample.ClusterID, ComponentID: "csi-plugin"}
	_, err := w.srv.Client(t).PauseComponentUpgrade(t.Context(), pause) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	w.srv.Advance(time.Hour) // until it is paused
}

// uninstall begins to remove add-ons.
func (w *world) uninstall(t *testing.T, names ...string) {
	t.Helper()
	in := &ack.UnInstallClusterAddonsRequest{ClusterID: sample.ClusterID}
	for _, name := range names {
		in.Items = append(in.Items, ack.AddonUninstall{Name: name})
	}
	_, err := w.srv.Client(t).UnInstallClusterAddons(t.Context(), in)
	require.NoError(t, err)
}

// suitInstall removes what the examples install.
func suitInstall(t *testing.T, w *world) {
	t.Helper()
	w.uninstall(t, "ack-node-problem-detector", "nginx-ingress-controller")
	w.srv.Advance(time.Hour)
}

func suitInspectConfig(t *testing.T, w *world) {
	t.Helper()
	_, err := w.srv.Client(t).DeleteClusterInspectConfig(t.Context(), &ack.DeleteClusterInspectConfigRequest{ClusterID: sample.ClusterID})
	require.NoError(t, err)
}

// emptyPool removes the nodes of the pool.
func (w *world) emptyPool(t *testing.T) {
	t.Helper()
	_, err := w.srv.Client(t).ModifyClusterNodePoolAndWait(t.Context(), &ack.ModifyClusterNodePoolRequest{
		ClusterID: sample.ClusterID, NodePoolID: sample.NodePoolID, ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(int64(0))},
	})
	require.NoError(t, err)
}

func suitPoolDeleted(t *testing.T, w *world) {
	t.Helper()
	_, err := w.srv.Client(t).DeleteClusterNodepool(t.Context(), &ack.DeleteClusterNodepoolRequest{
		ClusterID: sample.ClusterID, NodePoolID: sample.NodePoolID, Force: new(true),
	})
	require.NoError(t, err)
}

func suitClusterDeleted(t *testing.T, w *world) {
	t.Helper()
	_, err := w.srv.Client(t).DeleteCluster(t.Context(), &ack.DeleteClusterRequest{ClusterID: sample.ClusterID})
	require.NoError(t, err)
}

// suitEdge makes the cluster an edge cluster, and the pool one in it.
func suitEdge(t *testing.T, w *world) {
	t.Helper()
	w.another(t, &ack.CreateClusterRequest{Profile: new(ack.ClusterProfileEdge)})
	pool, err := w.srv.Client(t).CreateClusterNodePoolAndWait(t.Context(), &ack.CreateClusterNodePoolRequest{
		ClusterID: sample.ClusterID, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "shops", Type: new(ack.NodePoolTypeEdge)},
	})
	require.NoError(t, err)
	w.swap(t, pool.NodePoolID, sample.NodePoolID)
}

// another puts a cluster of another kind in the place of that of the sample.
func (w *world) another(t *testing.T, in *ack.CreateClusterRequest) {
	t.Helper()
	in.Name, in.RegionID = "another", "cn-beijing"
	created, err := w.srv.Client(t).CreateClusterAndWait(t.Context(), in)
	require.NoError(t, err)
	w.swap(t, created.ClusterID, sample.ClusterID)
}
