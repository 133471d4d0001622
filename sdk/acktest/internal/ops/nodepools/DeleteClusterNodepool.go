package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteClusterNodepool starts to delete a node pool that is active or has failed. One that has nodes needs force.
func DeleteClusterNodepool(w *world.World, in *ack.DeleteClusterNodepoolRequest) (*ack.DeleteClusterNodepoolResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	p, err := c.NodePool(in.NodePoolID)
	if err != nil {
		return nil, err
	}
	nodes := c.DescribePool(p).Status.TotalNodes
	switch state := p.Status.State; {
	case state != ack.NodePoolStateActive && state != ack.NodePoolStateFailed:
		return nil, world.Conflict("The node pool %s is %s and cannot be deleted.", in.NodePoolID, state)
	case nodes > 0 && !behavior.Value(in.Force):
		return nil, world.Conflict("The node pool %s has %d nodes; only force deletes them, too.", in.NodePoolID, nodes)
	}
	t := w.DeleteNodePool(c, p)
	return &ack.DeleteClusterNodepoolResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
