package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateNodePoolComponentInstances installs components on nodes of a pool, batch by batch.
func CreateNodePoolComponentInstances(w *world.World, in *ack.CreateNodePoolComponentInstancesRequest) (*ack.CreateNodePoolComponentInstancesResponse, error) {
	if len(in.Components) == 0 {
		return nil, world.Missing("components")
	}
	change := change{clusterID: in.ClusterID, poolID: in.NodePoolID, nodes: in.NodeNames, how: rollout(in.RollingPolicy)}
	for _, component := range in.Components {
		change.set = append(change.set, ack.NodeComponent{Name: component.Name, Version: component.Version, Config: behavior.Value(component.Config)})
	}
	t, err := change.start(w)
	if err != nil {
		return nil, err
	}
	return &ack.CreateNodePoolComponentInstancesResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
