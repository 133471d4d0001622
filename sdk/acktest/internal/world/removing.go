package world

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Removal says how nodes are removed.
type Removal struct {
	Drain   bool // evict the pods first
	Release bool // the instances, unless they are on subscription
	// OneByOne removes one node after the other, rather than all at the same time.
	OneByOne bool
	// Shrink lowers the desired sizes of the node pools. Without it they start other nodes in place of the removed ones.
	Shrink bool
	Hidden bool // the task of it
}

// CheckRemoval returns the fault why nodes cannot be removed at present, if there is one.
func (c *Cluster) CheckRemoval(nodes []*Node) error {
	for _, n := range nodes {
		if n.InstanceRole == ack.NodeRoleMaster {
			return Invalid("The node %s runs the control plane and cannot be removed.", n.NodeName)
		}
		if !n.settled() {
			return Conflict("The node %s is %s and cannot be removed.", n.NodeName, n.State)
		}
		if p := c.NodePools.Get(n.NodePoolID); p != nil && p.ready() != nil {
			return p.ready()
		}
	}
	return nil
}

// RemoveNodes removes nodes that [Cluster.CheckRemoval] found good, of one node pool or of several.
func (w *World) RemoveNodes(c *Cluster, nodes []*Node, how Removal) *Task {
	t := &Task{
		ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}, Hidden: how.Hidden,
		Release: how.Release, Batch: len(nodes),
	}
	for _, n := range nodes {
		t.Names = append(t.Names, n.InstanceID)
		if p := c.NodePools.Get(n.NodePoolID); p != nil && how.Shrink {
			p.grow(-1)
		}
	}
	if how.OneByOne {
		t.Batch = 1
	}
	if how.Drain {
		t.Plan = []Stage{{Name: stageDrainNodes, After: 2 * time.Minute}}
	}
	for range slices.Collect(slices.Chunk(t.Names, t.Batch)) {
		t.Plan = append(t.Plan, Stage{Name: stageRemoveNodes, After: time.Minute})
	}
	return w.Start(removeNodes, t)
}

// grow changes the desired size, if there is one, by a number of nodes.
func (p *NodePool) grow(by int64) {
	if size := p.ScalingGroup.DesiredSize; size != nil {
		p.ScalingGroup.DesiredSize = new(max(*size+by, 0))
	}
}

func removingNodes() *Kind {
	return &Kind{
		Type:   "nodes_remove",
		Event:  ack.EventTypeClusterNodeDelete,
		Start:  all(announce, poolsTo(ack.NodePoolStateRemoving), markRemoving, tellDrain("Started", "start to drain node ")),
		Enter:  enterRemoval,
		Finish: all(poolsTo(ack.NodePoolStateActive), func(w *World, t *Task) { w.finishRemoval(t) }),
		Fail:   all(poolsTo(ack.NodePoolStateActive), keepNodes),
	}
}

// markRemoving takes the nodes of a task out of service.
func markRemoving(w *World, t *Task) {
	for n := range w.nodesOf(t) {
		n.State, n.Unschedulable = NodeStateRemoving, true
	}
}

// tellDrain returns the function that notes an event for each node that is being drained in the first stage of a task, or was.
func tellDrain(reason, text string) func(*World, *Task) {
	return func(w *World, t *Task) {
		if t.Plan[0].Name != stageDrainNodes {
			return
		}
		for n := range w.nodesOf(t) {
			e := Event{Event: ack.Event{Type: ack.EventTypeClusterNodeDrain, ClusterID: t.ClusterID, Subject: n.NodeName}}
			e.Data = ack.EventData{Reason: reason, Message: text + n.NodeName}
			if !t.Hidden {
				e.TaskID = t.ID
			}
			w.Event(e)
		}
	}
}

// enterRemoval drops the nodes of the batch that has ended, and tells that those are drained that were.
func enterRemoval(w *World, t *Task, _ string) {
	if len(t.Stages) == 2 {
		tellDrain("Succeeded", "succeeded to drain node ")(w, t)
	}
	if before := t.Stages[:len(t.Stages)-1]; before[len(before)-1].Name == stageRemoveNodes {
		w.dropNodes(t, t.batch(before, stageRemoveNodes))
	}
}

// batch returns the ids that are worked on in the last of some stages, where every stage of that name is a batch.
func (t *Task) batch(stages []StageRun, name string) []string {
	number := -1
	for _, s := range stages {
		if s.Name == name {
			number++
		}
	}
	from := min(max(number, 0)*t.Batch, len(t.Names))
	return t.Names[from:min(from+t.Batch, len(t.Names))]
}

// dropNodes drops nodes that were removed.
func (w *World) dropNodes(t *Task, ids []string) {
	c := w.Clusters.Get(t.ClusterID)
	for _, id := range ids {
		n := c.Nodes.Get(id)
		if n == nil {
			continue
		}
		c.Nodes.Delete(id)
		t.result(id, ack.TaskResultStatusSuccess)
		if t.Release && n.InstanceChargeType != ack.ChargeTypePrePaid {
			w.release(id)
		}
	}
}

// maxReleased is how many of the instances that were released an account remembers.
const maxReleased = 1_000

func (w *World) release(id string) {
	w.Released = append(w.Released, id)
	w.Released = w.Released[max(0, len(w.Released)-maxReleased):]
}

// finishRemoval drops the nodes that are left of a task. Node pools with a desired size start others in their place.
func (w *World) finishRemoval(t *Task) {
	pools := w.poolsOf(t)
	w.dropNodes(t, t.Names)
	for _, p := range pools {
		w.refill(w.Clusters.Get(t.ClusterID), p)
	}
}

// keepNodes puts the nodes back into service that a removal has left.
func keepNodes(w *World, t *Task) {
	c := w.Clusters.Get(t.ClusterID)
	for n := range w.nodesOf(t) {
		n.keep(c)
		t.result(n.InstanceID, ack.TaskResultStatusFailed)
	}
}

// keep puts a node back into service that was to be removed. A node that never worked has still failed.
func (n *Node) keep(c *Cluster) {
	n.State = ack.NodeStateRunning
	if n.ErrorMessage != "" || !n.Joined {
		n.State = ack.NodeStateFailed
	}
	n.Unschedulable = false
	if p := c.NodePools.Get(n.NodePoolID); p != nil {
		n.Unschedulable = value(p.KubernetesConfig.Unschedulable)
	}
}

// DeleteNodePool starts to delete a node pool with its nodes.
func (w *World) DeleteNodePool(c *Cluster, p *NodePool) *Task {
	t := w.nodePoolTask(c, p)
	t.Names = instanceIDs(c.NodesOf(t.NodePoolID))
	if t.Batch = len(t.Names); t.Batch > 0 {
		t.Plan = []Stage{{Name: stageRemoveNodes, After: 2 * time.Minute}}
	}
	t.Plan = append(t.Plan, Stage{Name: "delete_scaling_group", After: time.Minute})
	t.Release = true
	return w.Start(deleteNodePool, t)
}

func deletingNodePool() *Kind {
	return &Kind{
		Type:  "nodepool_delete",
		Start: all(announce, poolsTo(ack.NodePoolStateDeleting), markRemoving),
		Enter: enterRemoval,
		Finish: func(w *World, t *Task) {
			w.dropNodes(t, t.Names)
			w.Clusters.Get(t.ClusterID).NodePools.Delete(t.NodePoolID)
		},
		Fail: all(keepNodes, poolsTo(ack.NodePoolStateActive)),
	}
}
