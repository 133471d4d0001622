package world

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Stages in which nodes come and go.
const (
	stageCreateInstances = "create_instances"
	stageInitNodes       = "init_nodes"
	stageDrainNodes      = "drain_nodes"
	stageRemoveNodes     = "remove_nodes"
)

// scaleOutStages returns the stages in which n nodes come.
func scaleOutStages(n int) []Stage {
	if n == 0 {
		return nil
	}
	return []Stage{{Name: stageCreateInstances, After: time.Minute}, {Name: stageInitNodes, After: 2 * time.Minute}}
}

// nodePoolTask returns a task about a node pool.
func (w *World) nodePoolTask(c *Cluster, p *NodePool) *Task {
	id := p.NodePoolInfo.NodePoolID
	return &Task{ClusterID: c.ClusterID, NodePoolID: id, Target: ack.TaskTarget{ID: id, Type: "nodepool"}}
}

// poolsOf returns the node pools that a task changes: the one that it is about, or those of its nodes.
func (w *World) poolsOf(t *Task) []*NodePool {
	c := w.Clusters.Get(t.ClusterID)
	if c == nil {
		return nil
	}
	ids := []string{t.NodePoolID}
	if t.NodePoolID == "" {
		ids = nil
		for n := range w.nodesOf(t) {
			ids = append(ids, n.NodePoolID)
		}
		slices.Sort(ids)
	}
	var pools []*NodePool
	for _, id := range slices.Compact(ids) {
		if p := c.NodePools.Get(id); p != nil {
			pools = append(pools, p)
		}
	}
	return pools
}

// poolsTo returns the function of a kind that changes the state of the node pools of a task.
func poolsTo(state ack.NodePoolState) func(*World, *Task) {
	return func(w *World, t *Task) {
		for _, p := range w.poolsOf(t) {
			p.Status.State, p.NodePoolInfo.Updated = state, w.Now()
		}
	}
}

// nodesOf goes through those nodes of a task that are still there.
func (w *World) nodesOf(t *Task) func(func(*Node) bool) {
	return func(yield func(*Node) bool) {
		c := w.Clusters.Get(t.ClusterID)
		if c == nil {
			return
		}
		for _, id := range t.Names {
			if n := c.Nodes.Get(id); n != nil && !yield(n) {
				return
			}
		}
	}
}

// result sets the outcome of a task for a resource.
func (t *Task) result(data string, status ack.TaskResultStatus) {
	i := slices.IndexFunc(t.Results, func(r ack.TaskResult) bool { return r.Data == data })
	if i < 0 {
		t.Results = append(t.Results, ack.TaskResult{Data: data, Status: status})
		return
	}
	t.Results[i].Status = status
}

// announce begins the results of a task with its nodes.
func announce(_ *World, t *Task) {
	for _, id := range t.Names {
		t.result(id, ack.TaskResultStatusInitial)
	}
}

// join makes the nodes of a task known to Kubernetes, which does not find them ready yet.
func (w *World) join(t *Task) {
	for n := range w.nodesOf(t) {
		n.State, n.InstanceStatus = ack.NodeStateInitial, ack.InstanceStatusRunning
		n.Joined, n.NodeStatus = true, ack.NodeStatusNotReady
	}
}

// run makes a node run.
func (n *Node) run() {
	n.State, n.InstanceStatus, n.ErrorMessage = ack.NodeStateRunning, ack.InstanceStatusRunning, ""
	n.Joined, n.NodeStatus = true, ack.NodeStatusReady
}

// startNodes makes the new nodes of a task run.
func startNodes(w *World, t *Task) {
	for n := range w.nodesOf(t) {
		n.run()
		t.result(n.InstanceID, ack.TaskResultStatusSuccess)
	}
}

// failNodes makes of new nodes what a failure leaves of them: those that have joined are there and have failed, and the others
// never came to be.
func failNodes(w *World, t *Task) {
	for n := range w.nodesOf(t) {
		t.result(n.InstanceID, ack.TaskResultStatusFailed)
		if n.Joined {
			n.State, n.ErrorMessage = ack.NodeStateFailed, t.Failure.Message
			continue
		}
		w.Clusters.Get(t.ClusterID).Nodes.Delete(n.InstanceID)
	}
}

// enterScaleOut is what happens at the stages of tasks that add nodes.
func enterScaleOut(w *World, t *Task, stage string) {
	if stage == stageInitNodes {
		w.join(t)
	}
}

// firstNodes returns a task that stands for all nodes of a new cluster.
func (w *World) firstNodes(t *Task) *Task {
	first := &Task{ClusterID: t.ClusterID, Failure: t.Failure}
	if c := w.Clusters.Get(t.ClusterID); c != nil {
		for id := range c.Nodes.All() {
			first.Names = append(first.Names, id)
		}
	}
	return first
}

// startFirstNodes makes the nodes and node pools run that were made with their cluster.
func startFirstNodes(w *World, t *Task) {
	startNodes(w, w.firstNodes(t))
	w.firstPools(t, ack.NodePoolStateActive)
}

// failFirstNodes makes the node pools fail that were made with their cluster. There are no nodes then.
func failFirstNodes(w *World, t *Task) {
	failNodes(w, w.firstNodes(t))
	w.firstPools(t, ack.NodePoolStateFailed)
}

func (w *World) firstPools(t *Task, state ack.NodePoolState) {
	for _, p := range w.Clusters.Get(t.ClusterID).NodePools.All() {
		p.Status.State, p.NodePoolInfo.Updated = state, w.Now()
	}
}

func creatingNodePool() *Kind {
	return &Kind{
		Type: "nodepool_create", Start: announce, Enter: enterScaleOut,
		Finish: all(startNodes, poolsTo(ack.NodePoolStateActive)),
		Fail:   all(failNodes, poolsTo(ack.NodePoolStateFailed)),
	}
}

// CheckScaling returns the fault why a pool cannot get so many nodes more, if there is one.
func (w *World) CheckScaling(c *Cluster, p *NodePool, count int64) error {
	if limit := value(p.AutoScaling.MaxInstances); value(p.AutoScaling.Enable) && c.size(p)+count > limit {
		return Conflict("The node pool %s scales by itself, up to %d nodes.", p.NodePoolInfo.NodePoolID, limit)
	}
	return w.RoomForNodes(c, count)
}

// ScaleNodePool adds nodes to a pool. The desired size grows with it, if there is one.
func (w *World) ScaleNodePool(c *Cluster, p *NodePool, count int64) *Task {
	p.grow(count)
	return w.Start(scaleNodePool, w.scaleOut(c, p, count))
}

func (w *World) scaleOut(c *Cluster, p *NodePool, count int64) *Task {
	t := w.nodePoolTask(c, p)
	t.Names = w.AddNodes(c, p.template(c, sourceScaling), count)
	t.Plan = scaleOutStages(len(t.Names))
	return t
}

// refill adds the nodes that a pool lacks, as its scaling group does by itself.
func (w *World) refill(c *Cluster, p *NodePool) {
	if n := p.missing(c); n > 0 {
		t := w.scaleOut(c, p, n)
		t.Hidden = true
		w.Start(scaleNodePool, t)
	}
}

func scalingNodePool() *Kind {
	return &Kind{
		Type: "nodepool_scaleout", Event: ack.EventTypeClusterScaleout, Enter: enterScaleOut,
		Start:  all(announce, poolsTo(ack.NodePoolStateScaling)),
		Finish: all(startNodes, poolsTo(ack.NodePoolStateActive)),
		Fail:   all(withdraw, failNodes, poolsTo(ack.NodePoolStateActive)),
	}
}

// withdraw takes the nodes that never came to be out of the desired size, so that the pool is what it was.
func withdraw(w *World, t *Task) {
	for n := range w.nodesOf(t) {
		for _, p := range w.poolsOf(t) {
			if !n.Joined && !t.Hidden {
				p.grow(-1)
			}
		}
	}
}

// ScaleCluster adds nodes that are like those of a pool that a request describes. They join the default node pool of the cluster,
// or are outside of node pools if it has none.
func (w *World) ScaleCluster(c *Cluster, in *ack.CreateClusterNodePoolRequest, count int64) (*Task, error) {
	like := newNodePool(c, in)
	if err := checkGroup(&like.ScalingGroup, like.NodePoolInfo.Type); err != nil {
		return nil, err
	}
	if p := c.DefaultNodePool(); p != nil {
		if err := p.ready(); err != nil {
			return nil, err
		}
		like.NodePoolInfo.NodePoolID = p.NodePoolInfo.NodePoolID
		p.grow(count)
	}
	t := &Task{
		ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}, NodePoolID: like.NodePoolInfo.NodePoolID,
		Names: w.AddNodes(c, like.template(c, sourceScaling), count), Plan: scaleOutStages(int(count)),
	}
	return w.Start(scaleCluster, t), nil
}

func scalingCluster() *Kind {
	return &Kind{
		Type: "cluster_scaleout", Event: ack.EventTypeClusterScaleout, Enter: enterScaleOut,
		Start:  all(announce, to(ack.ClusterStateScaling), poolsTo(ack.NodePoolStateScaling)),
		Finish: all(startNodes, to(ack.ClusterStateRunning), poolsTo(ack.NodePoolStateActive)),
		Fail:   all(withdraw, failNodes, to(ack.ClusterStateRunning), poolsTo(ack.NodePoolStateActive)),
	}
}
