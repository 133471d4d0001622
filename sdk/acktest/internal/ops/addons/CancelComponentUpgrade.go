package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CancelComponentUpgrade ends the upgrade of an add-on, which keeps the version that it had.
func CancelComponentUpgrade(w *world.World, in *ack.CancelComponentUpgradeRequest) (*ack.CancelComponentUpgradeResponse, error) {
	t, err := upgradeOf(w, in.ClusterID, in.ComponentID)
	if err != nil {
		return nil, err
	}
	return &ack.CancelComponentUpgradeResponse{}, w.CancelTask(t)
}
