package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateNodePoolComponentInstance updates a component of a pool or changes its settings, on the nodes batch by batch unless they are
// left alone.
func UpdateNodePoolComponentInstance(w *world.World, in *ack.UpdateNodePoolComponentInstanceRequest) (*ack.UpdateNodePoolComponentInstanceResponse, error) {
	t, err := change{
		clusterID: in.ClusterID, poolID: in.NodePoolID, nodes: in.NodeNames, how: rollout(in.RollingPolicy), installed: true,
		set:        []ack.NodeComponent{{Name: in.Name, Version: behavior.Value(in.Version), Config: behavior.Value(in.Config)}},
		leaveNodes: behavior.Value(in.DisableRolling),
	}.start(w)
	if err != nil {
		return nil, err
	}
	return &ack.UpdateNodePoolComponentInstanceResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
