package inspections

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateClusterInspectConfig sets up regular inspections of a cluster that has none.
func CreateClusterInspectConfig(w *world.World, in *ack.CreateClusterInspectConfigRequest) (*ack.CreateClusterInspectConfigResponse, error) {
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if c.InspectConfig != nil {
		return nil, world.Conflict("The cluster %s has a configuration of inspections already.", c.ClusterID)
	}
	config := &world.InspectConfig{Enabled: in.Enabled, Disabled: in.DisabledCheckItems}
	if err := schedule(config, "recurrence", in.Recurrence); err != nil {
		return nil, err
	}
	w.SetInspectConfig(c, config)
	return &ack.CreateClusterInspectConfigResponse{InspectConfigChange: ack.InspectConfigChange{RequestID: w.RequestID}}, nil
}
