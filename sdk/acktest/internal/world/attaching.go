package world

import (
	"cmp"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Attachable returns why an instance cannot become a node, or nothing. The world does not know the instances of ECS, so every id
// is one that exists, unless the instance was released by the removal of its node.
func (w *World) Attachable(instanceID string) string {
	for _, c := range w.Clusters.All() {
		if c.Nodes.Get(instanceID) != nil {
			return "the instance is a node of the cluster " + c.ClusterID
		}
	}
	if slices.Contains(w.Released, instanceID) {
		return "the instance does not exist"
	}
	return ""
}

// An Attachment says what becomes of machines that exist.
type Attachment struct {
	KeepNames bool         // of the instances
	ImageID   string       // empty is that of the pool
	Runtime   *ack.Runtime // nil is that of the pool
}

// AttachNodes makes nodes of a node pool of machines that exist. Refused are those that cannot become nodes.
func (w *World) AttachNodes(c *Cluster, p *NodePool, instanceIDs, refused []string, how Attachment) *Task {
	like := p.template(c, sourceAttached)
	like.ImageID = cmp.Or(how.ImageID, like.ImageID)
	if r := how.Runtime; r != nil {
		like.Runtime, like.RuntimeVersion = cmp.Or(value(r.Name), like.Runtime), cmp.Or(value(r.Version), like.RuntimeVersion)
	}
	t := w.nodePoolTask(c, p)
	t.Names = instanceIDs
	t.Plan = []Stage{{Name: stageInitNodes, After: 3 * time.Minute}}
	for _, id := range refused {
		t.result(id, ack.TaskResultStatusFailed)
	}
	for _, id := range instanceIDs {
		n := w.addNode(c, like, id)
		if how.KeepNames {
			n.InstanceName = id // as instances are called that nobody gave a name: the world does not know their names
		}
	}
	p.grow(int64(len(instanceIDs))) // As Auto Scaling does when an instance is attached.
	return w.Start(attachNodes, t)
}

func attachingNodes() *Kind {
	return &Kind{
		Type: "nodepool_attach", Event: ack.EventTypeClusterAttach,
		Start: all(announce, poolsTo(ack.NodePoolStateScaling), func(w *World, t *Task) {
			w.join(t)
		}),
		Finish: all(startNodes, poolsTo(ack.NodePoolStateActive)),
		Fail:   all(failNodes, poolsTo(ack.NodePoolStateActive)),
	}
}
