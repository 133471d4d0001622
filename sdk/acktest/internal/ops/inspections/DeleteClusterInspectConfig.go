package inspections

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteClusterInspectConfig ends the regular inspections of a cluster. The reports stay.
func DeleteClusterInspectConfig(w *world.World, in *ack.DeleteClusterInspectConfigRequest) (*ack.DeleteClusterInspectConfigResponse, error) {
	c, _, err := configOf(w, in.ClusterID)
	if err != nil {
		return nil, err
	}
	w.SetInspectConfig(c, nil)
	return &ack.DeleteClusterInspectConfigResponse{InspectConfigChange: ack.InspectConfigChange{RequestID: w.RequestID}}, nil
}
