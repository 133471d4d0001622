package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteClusterNodepool starts to delete a node pool. One that has nodes needs force.
func DeleteClusterNodepool(w *world.World, in *ack.DeleteClusterNodepoolRequest) (*ack.DeleteClusterNodepoolResponse, error) {
	c, p, err := w.NodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	nodes := c.DescribePool(p).Status.TotalNodes
	switch {
	case p.Status.State == ack.NodePoolStateDeleting:
		return nil, world.Conflict("The node pool %s is being deleted.", in.NodePoolID)
	case nodes > 0 && (in.Force == nil || !*in.Force):
		return nil, world.Conflict("The node pool %s has %d nodes; only force deletes them, too.", in.NodePoolID, nodes)
	}
	t := w.DeleteNodePool(c, p)
	return &ack.DeleteClusterNodepoolResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
