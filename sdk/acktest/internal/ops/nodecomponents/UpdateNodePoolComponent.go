package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateNodePoolComponent updates a component of a pool or changes its settings, on the nodes batch by batch unless they are left
// alone.
func UpdateNodePoolComponent(w *world.World, in *ack.UpdateNodePoolComponentRequest) (*ack.UpdateNodePoolComponentResponse, error) {
	if behavior.Value(in.Name) == "" {
		return nil, world.Missing("name")
	}
	t, err := change{
		clusterID: in.ClusterID, poolID: in.NodePoolID, nodes: in.NodeNames, how: installRollout(in.RollingPolicy), installed: true,
		set:        []ack.NodeComponent{{Name: *in.Name, Version: behavior.Value(in.Version), Config: installConfig(in.Config)}},
		leaveNodes: behavior.Value(in.DisableRolling),
	}.start(w)
	if err != nil {
		return nil, err
	}
	return &ack.UpdateNodePoolComponentResponse{NodeTask: ack.NodeTask{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
