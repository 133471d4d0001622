package world

import (
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

// AttachNodes makes nodes of a node pool of machines that exist. Refused are those that cannot become nodes.
func (w *World) AttachNodes(c *Cluster, p *NodePool, instanceIDs, refused []string) *Task {
	t := w.nodePoolTask(c, p)
	t.Names = instanceIDs
	t.Plan = []Stage{{Name: stageInitNodes, After: 3 * time.Minute}}
	for _, id := range refused {
		t.result(id, ack.TaskResultStatusFailed)
	}
	for _, id := range instanceIDs {
		w.addNode(c, p.template(c, sourceAttached), id)
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
