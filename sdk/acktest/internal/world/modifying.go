package world

import (
	"maps"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A NodePoolChange is what a node pool is to become.
type NodePoolChange struct {
	ack.NodePool

	// UpdateNodes is whether the nodes that are there get the labels and taints, too.
	UpdateNodes bool
}

// NextNodePool returns what a request makes of a node pool, or the fault why it cannot be. Nothing changes.
func (w *World) NextNodePool(c *Cluster, p *NodePool, in *ack.ModifyClusterNodePoolRequest) (*NodePoolChange, error) {
	if info := in.NodePoolInfo; info != nil && info.Name != nil && *info.Name != p.NodePoolInfo.Name {
		if err := c.checkPoolName(*info.Name); err != nil {
			return nil, err
		}
	}
	changes := *in
	changes.EfloNodeGroup = nil // It is said to have no effect yet.
	next := &NodePool{NodePool: p.NodePool}
	overlay(&next.NodePool, &changes)
	if group := in.ScalingGroup; group != nil && group.ImageID == nil {
		next.takeImage(group.ImageType)
	}
	next.settle(c)
	if err := w.checkNodePool(c, &next.NodePool, next.missing(c)); err != nil {
		return nil, err
	}
	return &NodePoolChange{NodePool: next.NodePool, UpdateNodes: value(in.UpdateNodes)}, nil
}

// ModifyNodePool makes of a node pool what [World.NextNodePool] returned, and adds or removes the nodes for that.
func (w *World) ModifyNodePool(c *Cluster, p *NodePool, next *NodePoolChange) *Task {
	p.Next = next
	t := w.nodePoolTask(c, p)
	t.Count = (&NodePool{NodePool: next.NodePool}).missing(c)
	t.Plan = []Stage{{Name: "update_node_pool", After: 30 * time.Second}}
	if t.Count > 0 {
		t.Plan = append(t.Plan, scaleOutStages(int(t.Count))...)
	}
	if t.Count < 0 {
		t.Release = next.ScalingGroup.ScalingPolicy == ack.ScalingPolicyRelease
		t.Plan = append(t.Plan, Stage{Name: stageRemoveNodes, After: 2 * time.Minute})
	}
	return w.Start(modifyNodePool, t)
}

func modifyingNodePool() *Kind {
	return &Kind{
		Type: "nodepool_update", Event: ack.EventTypeNodePoolUpdate,
		Start:  poolsTo(ack.NodePoolStateUpdating),
		Enter:  func(w *World, t *Task, stage string) { w.enterModification(t, stage) },
		Finish: func(w *World, t *Task) { w.finishModification(t) },
		Fail: func(w *World, t *Task) {
			if t.Count < 0 {
				keepNodes(w, t)
			} else {
				failNodes(w, t)
			}
			for _, p := range w.poolsOf(t) {
				p.Next = nil
			}
			poolsTo(ack.NodePoolStateActive)(w, t)
		},
	}
}

// enterModification is what happens after the pool itself has changed: nodes come or go.
func (w *World) enterModification(t *Task, stage string) {
	w.applyNext(t)
	c := w.Clusters.Get(t.ClusterID)
	switch stage {
	case stageCreateInstances:
		for _, p := range w.poolsOf(t) {
			t.Names = w.AddNodes(c, p.template(c, sourceScaling), t.Count)
		}
		announce(w, t)
		poolsTo(ack.NodePoolStateScaling)(w, t)
	case stageInitNodes:
		w.join(t)
	case stageRemoveNodes:
		t.Names = newest(c, t.NodePoolID, int(-t.Count))
		t.Batch = len(t.Names)
		announce(w, t)
		markRemoving(w, t)
		poolsTo(ack.NodePoolStateRemoving)(w, t)
	}
}

func (w *World) finishModification(t *Task) {
	w.applyNext(t)
	poolsTo(ack.NodePoolStateActive)(w, t)
	if t.Count < 0 {
		w.dropNodes(t, t.Names)
		return
	}
	startNodes(w, t)
}

// newest returns the ids of the nodes that a pool loses when it shrinks: those that failed, and then the newest ones. No source
// tells which the service takes.
func newest(c *Cluster, nodePoolID string, count int) []string {
	var failed, others []string
	for n := range c.NodesOf(nodePoolID) {
		switch n.State {
		case NodeStateRemoving:
		case ack.NodeStateFailed:
			failed = append(failed, n.InstanceID)
		default:
			others = append(others, n.InstanceID)
		}
	}
	slices.Reverse(others)
	ids := slices.Concat(failed, others)
	return ids[:min(count, len(ids))]
}

// applyNext makes of the pools of a task what they are to be.
func (w *World) applyNext(t *Task) {
	for _, p := range w.poolsOf(t) {
		if p.Next == nil {
			continue
		}
		before, status := p.KubernetesConfig, p.Status
		p.NodePool, p.Status = p.Next.NodePool, status
		if p.Next.UpdateNodes {
			for n := range w.Clusters.Get(t.ClusterID).NodesOf(p.NodePoolInfo.NodePoolID) {
				n.reconfigure(&before, &p.KubernetesConfig)
			}
		}
		p.Next = nil
	}
}

// reconfigure replaces the labels and taints that a node had from its pool. It makes new ones, as the Kubernetes API may still be
// reading the old ones.
func (n *Node) reconfigure(before, after *ack.KubernetesConfig) {
	labels := make(map[string]string)
	maps.Copy(labels, n.Labels)
	for _, label := range before.Labels {
		delete(labels, label.Key)
	}
	for _, label := range after.Labels {
		labels[label.Key] = value(label.Value)
	}
	old := cloneTaints(before.Taints)
	taints := slices.DeleteFunc(slices.Clone(n.Taints), func(t ack.Taint) bool {
		return slices.ContainsFunc(old, func(other ack.Taint) bool { return sameTaint(other, t) })
	})
	n.Labels, n.Taints = labels, slices.Concat(taints, cloneTaints(after.Taints))
}

// EditNode changes the node that Kubernetes knows by an id as clients of its API have done: before are labels and taints that are gone, and
// after those that came, with whether the node takes pods if that has changed.
func (s *State) EditNode(account, clusterID, uid string, before, after *ack.KubernetesConfig) {
	_ = s.Do(Call{Caller: Caller{Account: account}}, func(w *World) error {
		c := w.Clusters.Get(clusterID)
		if c == nil {
			return nil
		}
		if n := c.Nodes.Find(func(n *Node) bool { return n.UID == uid }); n != nil {
			n.reconfigure(before, after)
			if after.Unschedulable != nil {
				n.Unschedulable = *after.Unschedulable
			}
		}
		return nil
	})
}

// sameTaint reports whether two taints are one to Kubernetes, which tells them apart by key and effect.
func sameTaint(a, b ack.Taint) bool { return a.Key == b.Key && value(a.Effect) == value(b.Effect) }
