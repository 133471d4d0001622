package upgrades

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// PauseClusterUpgrade pauses the upgrade of a cluster.
func PauseClusterUpgrade(w *world.World, in *ack.PauseClusterUpgradeRequest) (*ack.PauseClusterUpgradeResponse, error) {
	return &ack.PauseClusterUpgradeResponse{}, control(w, in.ClusterID, w.Pause)
}
