package world

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Stages between two batches of nodes.
const (
	stagePause = "paused_after_batch"
	stageWait  = "wait_after_batch"
)

// A Rollout says how a change reaches nodes: batch by batch.
type Rollout struct {
	Batch    int64         // how many nodes are worked on at the same time; 0 is one
	Interval time.Duration // between batches, unless the change pauses after some of them
	Pause    ack.PausePolicy
	MayFail  int64 // how many nodes may fail
}

// stages returns the stages in which a change reaches n nodes: at least one, as the pool itself changes, too.
func (r Rollout) stages(n int, batch Stage) []Stage {
	size := max(int(r.Batch), 1)
	plan := []Stage{batch}
	for done := size; done < n; done += size {
		switch first := done == size; {
		case r.Pause == ack.PausePolicyEveryBatch, r.Pause == ack.PausePolicyFirstBatch && first:
			plan = append(plan, Stage{Name: stagePause})
		case r.Interval > 0 && (r.Pause == "" || r.Pause == ack.PausePolicyNotPause):
			plan = append(plan, Stage{Name: stageWait, After: r.Interval})
		}
		plan = append(plan, batch)
	}
	return plan
}

// roll starts a change that reaches nodes of a pool batch by batch.
func (w *World) roll(kind string, c *Cluster, p *NodePool, nodes []*Node, how Rollout, batch Stage) *Task {
	t := w.nodePoolTask(c, p)
	for _, n := range nodes {
		t.Names = append(t.Names, n.InstanceID)
	}
	t.Batch, t.MayFail = max(int(how.Batch), 1), how.MayFail
	t.Plan = how.stages(len(nodes), batch)
	return w.Start(kind, t)
}

// A rolling change is one that reaches the nodes of a pool batch by batch. Each batch is a stage of that name.
type rolling struct {
	stage string
	// begin happens to a node when its batch begins, and done when it ends. Begin may be nil.
	begin, done func(w *World, t *Task, n *Node)
}

// kind returns the kind of tasks that make the change. A pool becomes its next one with the last batch. Who cancels a task stops
// what has not begun: the batch that is under way is finished.
func (r rolling) kind(name string) *Kind {
	return &Kind{
		Type: name,
		Start: all(announce, poolsTo(ack.NodePoolStateUpdating), func(w *World, t *Task) {
			r.each(w, t, t.Stages, r.begin)
		}),
		Enter: func(w *World, t *Task, stage string) {
			r.each(w, t, t.Stages[:len(t.Stages)-1], r.succeed)
			r.each(w, t, t.Stages, r.begin)
			if stage == stagePause {
				_ = w.Pause(t) // It runs and can be canceled, so it can be paused.
			}
		},
		Bears:  r.bears,
		Finish: all(r.endBatch, func(w *World, t *Task) { w.applyNext(t) }, poolsTo(ack.NodePoolStateActive)),
		Fail:   all(r.failBatch, dropNext, poolsTo(ack.NodePoolStateActive)),
		Cancel: all(r.endBatch, dropNext, poolsTo(ack.NodePoolStateActive)),
	}
}

// each does something to the nodes of the batch that is the last of some stages, if that is one.
func (r rolling) each(w *World, t *Task, stages []StageRun, do func(*World, *Task, *Node)) {
	if do == nil || stages[len(stages)-1].Name != r.stage {
		return
	}
	c := w.Clusters.Get(t.ClusterID)
	for _, id := range t.batch(stages, r.stage) {
		if n := c.Nodes.Get(id); n != nil {
			do(w, t, n)
		}
	}
}

// succeed ends the change of a node, unless that has failed.
func (r rolling) succeed(w *World, t *Task, n *Node) {
	if slices.Contains(t.Results, ack.TaskResult{Data: n.InstanceID, Status: ack.TaskResultStatusFailed}) {
		return
	}
	r.done(w, t, n)
	t.result(n.InstanceID, ack.TaskResultStatusSuccess)
}

func (r rolling) endBatch(w *World, t *Task) { r.each(w, t, t.Stages, r.succeed) }

func (r rolling) failBatch(w *World, t *Task) {
	r.each(w, t, t.Stages, func(_ *World, t *Task, n *Node) { t.result(n.InstanceID, ack.TaskResultStatusFailed) })
}

// bears notes the nodes of a batch that has failed, and reports whether no more nodes of the task have failed than may.
func (r rolling) bears(w *World, t *Task) bool {
	r.failBatch(w, t)
	failed := int64(0)
	for _, result := range t.Results {
		if result.Status == ack.TaskResultStatusFailed {
			failed++
		}
	}
	return t.Stage() == r.stage && failed > 0 && failed <= t.MayFail
}

// dropNext leaves the pools of a task as they are.
func dropNext(w *World, t *Task) {
	for _, p := range w.poolsOf(t) {
		p.Next = nil
	}
}

// interrupt makes a node fall out while something is done to it.
func interrupt(_ *World, _ *Task, n *Node) {
	if n.Ready() {
		n.NodeStatus = ack.NodeStatusNotReady
	}
}

// recoverNode makes a node work again that something was done to, or that had failed.
func recoverNode(_ *World, _ *Task, n *Node) { n.run() }
