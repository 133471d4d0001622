package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Names of the stages of an upgrade.
const (
	StagePrecheck     = "precheck"
	stageUpgrade      = "upgrade_control_plane"
	stageUpgradeNodes = "upgrade_nodes"
)

// UpgradeCluster starts to upgrade the Kubernetes version of a cluster, and its nodes unless it is told not to.
func (w *World) UpgradeCluster(c *Cluster, version string, masterOnly bool) *Task {
	return w.upgrade(c, masterOnly, &Task{Version: version})
}

func (w *World) upgrade(c *Cluster, masterOnly bool, t *Task) *Task {
	t.ClusterID, t.ReportID = c.ClusterID, w.NewHexID("", 32)
	if masterOnly {
		return w.Start(upgradeMaster, t)
	}
	return w.Start(upgradeCluster, t)
}

// LatestUpgrade returns the task of the latest upgrade of a cluster, or nil.
func (w *World) LatestUpgrade(c *Cluster) *Task {
	return w.Latest(func(t *Task) bool { return t.Type == upgradeType && t.ClusterID == c.ClusterID })
}

const upgradeType = "cluster_upgrade"

// upgrading returns the kind of upgrades of a control plane, with or without the nodes.
func upgrading(nodes bool) *Kind {
	k := &Kind{
		Type:   upgradeType,
		Event:  ack.EventTypeClusterUpgrade,
		Stages: []Stage{{Name: StagePrecheck, After: time.Minute}, {Name: stageUpgrade, After: 8 * time.Minute}},
		Start:  to(ack.ClusterStateUpgrading),
		Enter: func(w *World, t *Task, stage string) {
			if stage == stageUpgradeNodes {
				w.runVersion(w.Clusters.Get(t.ClusterID), t.Version)
				w.Clusters.Get(t.ClusterID).runKubelets(t.Version, false)
			}
		},
		Finish: func(w *World, t *Task) {
			w.runVersion(w.Clusters.Get(t.ClusterID), t.Version)
			w.Clusters.Get(t.ClusterID).runKubelets(t.Version, nodes)
			w.upgraded(t, ack.ClusterStateRunning, ack.OperationPlanStateExecuted)
		},
		Fail: func(w *World, t *Task) { w.upgraded(t, ack.ClusterStateUpdatingFailed, ack.OperationPlanStateFailed) },
		// What has been upgraded stays as it is.
		Cancel: func(w *World, t *Task) { w.upgraded(t, ack.ClusterStateRunning, ack.OperationPlanStateCanceled) },
	}
	if nodes {
		k.Stages = append(k.Stages, Stage{Name: stageUpgradeNodes, After: 6 * time.Minute})
	}
	return k
}

// runVersion notes which version a cluster runs, and where it can go from there.
func (w *World) runVersion(c *Cluster, version string) {
	c.CurrentVersion, c.NextVersion = version, ""
	if !c.IsRegistered() {
		c.NextVersion = nextVersion(version)
	}
	w.Touch(c.ClusterID)
}

// upgraded ends an upgrade and the plan that it was part of.
func (w *World) upgraded(t *Task, state ack.ClusterState, plan ack.OperationPlanState) {
	c := w.Clusters.Get(t.ClusterID)
	if p := c.Plans.Get(t.PlanID); p != nil {
		p.State = plan
	}
	w.setState(c.ClusterID, state)
	w.plan(c)
}
