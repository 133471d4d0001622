package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteNodePoolComponentInstance uninstalls a component from the nodes of a pool, batch by batch. With some nodes named, the others
// keep it, and so does the pool.
func DeleteNodePoolComponentInstance(w *world.World, in *ack.DeleteNodePoolComponentInstanceRequest) (*ack.DeleteNodePoolComponentInstanceResponse, error) {
	t, err := change{
		clusterID: in.ClusterID, poolID: in.NodePoolID, nodes: in.NodeNames, remove: in.Name, installed: true,
		how: rollout(&ack.NodeComponentRollout{
			MaxParallelism: in.MaxParallelism, BatchInterval: in.BatchInterval, PausePolicy: in.PausePolicy, MaxFailedNodes: in.MaxFailedNodes,
		}),
	}.start(w)
	if err != nil {
		return nil, err
	}
	return &ack.DeleteNodePoolComponentInstanceResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
