package upgrades

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ResumeUpgradeCluster continues the upgrade of a cluster that was paused.
func ResumeUpgradeCluster(w *world.World, in *ack.ResumeUpgradeClusterRequest) (*ack.ResumeUpgradeClusterResponse, error) {
	return &ack.ResumeUpgradeClusterResponse{}, control(w, in.ClusterID, w.Resume)
}
