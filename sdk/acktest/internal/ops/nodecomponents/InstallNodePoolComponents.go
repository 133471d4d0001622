package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// InstallNodePoolComponents installs components on nodes of a pool, batch by batch.
func InstallNodePoolComponents(w *world.World, in *ack.InstallNodePoolComponentsRequest) (*ack.InstallNodePoolComponentsResponse, error) {
	if len(in.Components) == 0 {
		return nil, world.Missing("components")
	}
	change := change{clusterID: in.ClusterID, poolID: in.NodePoolID, nodes: in.NodeNames, how: installRollout(in.RollingPolicy)}
	for _, component := range in.Components {
		change.set = append(change.set, ack.NodeComponent{
			Name: component.Name, Version: behavior.Value(component.Version), Config: installConfig(component.Config),
		})
	}
	t, err := change.start(w)
	if err != nil {
		return nil, err
	}
	return &ack.InstallNodePoolComponentsResponse{NodeTask: ack.NodeTask{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
