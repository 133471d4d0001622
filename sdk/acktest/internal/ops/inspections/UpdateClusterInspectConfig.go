package inspections

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateClusterInspectConfig changes the configuration of a cluster that has one. What is absent stays.
func UpdateClusterInspectConfig(w *world.World, in *ack.UpdateClusterInspectConfigRequest) (*ack.UpdateClusterInspectConfigResponse, error) {
	c, old, err := configOf(w, in.ClusterID)
	if err != nil {
		return nil, err
	}
	config := *old
	if in.Enabled != nil {
		config.Enabled = *in.Enabled
	}
	if in.ScheduleTime != nil {
		if err := schedule(&config, "scheduleTime", *in.ScheduleTime); err != nil {
			return nil, err
		}
	}
	if in.DisabledCheckItems != nil {
		config.Disabled = in.DisabledCheckItems
	}
	w.SetInspectConfig(c, &config)
	return &ack.UpdateClusterInspectConfigResponse{InspectConfigChange: ack.InspectConfigChange{RequestID: w.RequestID}}, nil
}
