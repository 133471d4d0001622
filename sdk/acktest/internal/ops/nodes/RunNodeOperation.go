package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RunNodeOperation runs a maintenance operation on one node, after which it works again. No source lists the operations, so all
// are taken.
func RunNodeOperation(w *world.World, in *ack.RunNodeOperationRequest) (*ack.RunNodeOperationResponse, error) {
	c, _, err := w.NodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	nodes, err := c.NodesNamed(in.NodePoolID, []string{in.NodeName})
	if err != nil {
		return nil, err
	}
	if in.OperationAction == "" {
		return nil, world.Missing("operationAction")
	}
	t := w.OperateNode(c, nodes[0])
	return &ack.RunNodeOperationResponse{NodeTask: ack.NodeTask{ClusterID: c.ClusterID, TaskID: t.ID}}, nil
}
