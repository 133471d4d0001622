package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ScaleClusterNodePool adds nodes to a node pool of ECS instances.
func ScaleClusterNodePool(w *world.World, in *ack.ScaleClusterNodePoolRequest) (*ack.ScaleClusterNodePoolResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	switch {
	case in.Count == nil:
		return nil, world.Missing("count")
	case *in.Count < 1:
		return nil, world.Invalid("The count must be at least 1.")
	case p.NodePoolInfo.Type != ack.NodePoolTypeESS:
		return nil, world.Invalid("Only node pools of type ess start nodes: machines of others join from outside.")
	}
	if err := w.CheckScaling(c, p, *in.Count); err != nil {
		return nil, err
	}
	t := w.ScaleNodePool(c, p, *in.Count)
	return &ack.ScaleClusterNodePoolResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
