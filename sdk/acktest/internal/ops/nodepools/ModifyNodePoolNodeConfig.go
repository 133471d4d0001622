package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyNodePoolNodeConfig configures the software on the nodes of a pool, batch by batch, and for the nodes that are to come. No
// source tells what the settings that a request leaves out become: they stay.
func ModifyNodePoolNodeConfig(w *world.World, in *ack.ModifyNodePoolNodeConfigRequest) (*ack.ModifyNodePoolNodeConfigResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	nodes, err := c.NodesNamed(in.NodePoolID, in.NodeNames)
	if err != nil {
		return nil, err
	}
	how := world.Rollout{Batch: 10}
	if policy := in.RollingPolicy; policy != nil {
		how.Batch, how.MayFail = behavior.ValueOr(policy.MaxParallelism, how.Batch), behavior.Value(policy.MaxFailedNodes)
	}
	t := w.ConfigureNodes(c, p, in, nodes, how)
	return &ack.ModifyNodePoolNodeConfigResponse{NodePoolTask: ack.NodePoolTask{NodePoolID: in.NodePoolID, TaskID: t.ID}}, nil
}
