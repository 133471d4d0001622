package world

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

const (
	stageAddSurge    = "add_surge_nodes"
	stageRemoveSurge = "remove_surge_nodes"
)

// An Upgrade says what nodes get. What is empty stays as it is.
type Upgrade struct {
	Version, ImageID, RuntimeVersion string
	Runtime                          ack.ContainerRuntime
	Replace                          bool // the system disks, so that the nodes are set up anew
}

// CheckUpgrade returns the fault why nodes cannot be upgraded so, if there is one.
func (c *Cluster) CheckUpgrade(nodes []*Node, u Upgrade) error {
	if u == (Upgrade{Replace: u.Replace}) && !u.Replace {
		return Invalid("The request names nothing to upgrade to.")
	}
	if u.Version != "" && CompareVersions(u.Version, c.CurrentVersion) > 0 {
		return Invalid("The control plane has the version %s, and nodes cannot have a newer one.", c.CurrentVersion)
	}
	for _, n := range nodes {
		if u.Version != "" && CompareVersions(u.Version, n.KubeletVersion) < 0 {
			return Invalid("The node %s has the newer version %s.", n.NodeName, n.KubeletVersion)
		}
	}
	return nil
}

// UpgradeNodePool upgrades nodes of a pool batch by batch. Where the pool has a surge, extra nodes stand in for the time of it.
func (w *World) UpgradeNodePool(c *Cluster, p *NodePool, nodes []*Node, u Upgrade, how Rollout) *Task {
	next := p.NodePool
	overlay(&next.ScalingGroup, &ack.ScalingGroupUpdate{ImageID: given(u.ImageID)})
	overlay(&next.KubernetesConfig, &ack.KubernetesConfig{Runtime: given(u.Runtime), RuntimeVersion: given(u.RuntimeVersion)})
	p.Next = &NodePoolChange{NodePool: next}
	t := w.nodePoolTask(c, p)
	t.Version, t.Batch, t.MayFail = u.Version, max(int(how.Batch), 1), how.MayFail
	for _, n := range nodes {
		t.Names = append(t.Names, n.InstanceID)
	}
	t.Plan = how.stages(len(nodes), Stage{Name: "upgrade_nodes", After: 5 * time.Minute})
	if t.Count = p.surge(len(nodes)); t.Count > 0 {
		t.Plan = slices.Concat([]Stage{{Name: stageAddSurge, After: 3 * time.Minute}}, t.Plan, []Stage{{Name: stageRemoveSurge, After: time.Minute}})
	}
	return w.Start(upgradeNodePool, t)
}

// given returns a pointer to a value, or nil if it is zero.
func given[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

// surge returns how many extra nodes an upgrade of n nodes has. A percentage is rounded up.
func (p *NodePool) surge(n int) int64 {
	u := p.Management.UpgradeConfig
	if u == nil || n == 0 {
		return 0
	}
	return max(value(u.Surge), (value(u.SurgePercentage)*int64(n)+99)/100)
}

func upgradingNodePool() *Kind {
	k := rolling{stage: "upgrade_nodes", begin: interrupt, done: upgradeNode}.kind("nodepool_upgrade")
	k.Event = ack.EventTypeNodePoolUpgrade
	start, enter := k.Start, k.Enter
	k.Start = func(w *World, t *Task) {
		start(w, t)
		w.addSurge(t)
	}
	k.Enter = func(w *World, t *Task, stage string) {
		if t.Stages[len(t.Stages)-2].Name == stageAddSurge {
			w.eachSurge(t, (*Node).run)
		}
		enter(w, t, stage)
	}
	k.Finish, k.Fail, k.Cancel = all(dropSurge, k.Finish), all(dropSurge, k.Fail), all(dropSurge, k.Cancel)
	return k
}

func upgradeNode(w *World, t *Task, n *Node) {
	n.run()
	if t.Version != "" {
		n.KubeletVersion = t.Version
	}
	for _, p := range w.poolsOf(t) {
		n.ImageID = p.Next.ScalingGroup.ImageID
		n.Runtime, n.RuntimeVersion = value(p.Next.KubernetesConfig.Runtime), value(p.Next.KubernetesConfig.RuntimeVersion)
	}
}

func (w *World) addSurge(t *Task) {
	c := w.Clusters.Get(t.ClusterID)
	for _, p := range w.poolsOf(t) {
		like := p.template(c, sourceScaling)
		like.SurgeOf = t.ID
		w.AddNodes(c, like, t.Count)
	}
}

func (w *World) eachSurge(t *Task, do func(*Node)) {
	for _, n := range w.Clusters.Get(t.ClusterID).Nodes.All() {
		if n.SurgeOf == t.ID {
			do(n)
		}
	}
}

func dropSurge(w *World, t *Task) {
	w.eachSurge(t, func(n *Node) { w.Clusters.Get(t.ClusterID).Nodes.Delete(n.InstanceID) })
}
