package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyClusterNodePool changes a node pool, and adds or removes nodes for its desired size or the limits of its auto scaling.
func ModifyClusterNodePool(w *world.World, in *ack.ModifyClusterNodePoolRequest) (*ack.ModifyClusterNodePoolResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	next, err := w.NextNodePool(c, p, in)
	if err != nil {
		return nil, err
	}
	t := w.ModifyNodePool(c, p, next)
	return &ack.ModifyClusterNodePoolResponse{NodePoolTask: ack.NodePoolTask{NodePoolID: in.NodePoolID, TaskID: t.ID}}, nil
}
