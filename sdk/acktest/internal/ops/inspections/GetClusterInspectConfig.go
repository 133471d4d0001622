package inspections

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetClusterInspectConfig returns the configuration of a cluster that has one.
func GetClusterInspectConfig(w *world.World, in *ack.GetClusterInspectConfigRequest) (*ack.GetClusterInspectConfigResponse, error) {
	_, config, err := configOf(w, in.ClusterID)
	if err != nil {
		return nil, err
	}
	return &ack.GetClusterInspectConfigResponse{Enabled: config.Enabled, Recurrence: config.Recurrence, DisabledCheckItems: config.Disabled}, nil
}
