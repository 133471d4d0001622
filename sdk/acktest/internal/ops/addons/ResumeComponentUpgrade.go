package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ResumeComponentUpgrade goes on with the upgrade of an add-on that was paused.
func ResumeComponentUpgrade(w *world.World, in *ack.ResumeComponentUpgradeRequest) (*ack.ResumeComponentUpgradeResponse, error) {
	t, err := upgradeOf(w, in.ClusterID, in.ComponentID)
	if err != nil {
		return nil, err
	}
	return &ack.ResumeComponentUpgradeResponse{}, w.Resume(t)
}
