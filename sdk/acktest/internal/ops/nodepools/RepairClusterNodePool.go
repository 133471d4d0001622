package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RepairClusterNodePool repairs nodes of a managed node pool: what does not work, works again.
func RepairClusterNodePool(w *world.World, in *ack.RepairClusterNodePoolRequest) (*ack.RepairClusterNodePoolResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	if enabled := p.Management.Enable; enabled == nil || !*enabled {
		return nil, world.Conflict("The node pool %s is not managed.", in.NodePoolID)
	}
	nodes, err := c.NodesNamed(in.NodePoolID, in.Nodes)
	if err != nil {
		return nil, err
	}
	t := w.RepairNodePool(c, p, nodes)
	return &ack.RepairClusterNodePoolResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
