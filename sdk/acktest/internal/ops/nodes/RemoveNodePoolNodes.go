package nodes

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RemoveNodePoolNodes removes nodes from a node pool, whose desired size goes down with it. The nodes are named by the ids of
// their instances or by their names.
func RemoveNodePoolNodes(w *world.World, in *ack.RemoveNodePoolNodesRequest) (*ack.RemoveNodePoolNodesResponse, error) {
	c, _, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	if len(in.InstanceIDs)+len(in.Nodes) == 0 {
		return nil, world.Missing("instance_ids")
	}
	nodes, err := c.NodesNamed(in.NodePoolID, slices.Concat(in.InstanceIDs, in.Nodes))
	if err != nil {
		return nil, err
	}
	if err := c.CheckRemoval(nodes); err != nil {
		return nil, err
	}
	t := w.RemoveNodes(c, nodes, world.Removal{
		Drain: behavior.Value(in.DrainNode), Release: behavior.Value(in.ReleaseNode), OneByOne: !behavior.Value(in.Concurrency), Shrink: true,
	})
	return &ack.RemoveNodePoolNodesResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
