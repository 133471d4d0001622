package upgrades

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CancelClusterUpgrade cancels the upgrade of a cluster.
func CancelClusterUpgrade(w *world.World, in *ack.CancelClusterUpgradeRequest) (*ack.CancelClusterUpgradeResponse, error) {
	return &ack.CancelClusterUpgradeResponse{}, control(w, in.ClusterID, w.CancelTask)
}
