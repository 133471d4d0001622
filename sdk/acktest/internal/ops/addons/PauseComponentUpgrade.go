package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// PauseComponentUpgrade stops the upgrade of an add-on, with all that it upgrades, until it is resumed.
func PauseComponentUpgrade(w *world.World, in *ack.PauseComponentUpgradeRequest) (*ack.PauseComponentUpgradeResponse, error) {
	t, err := upgradeOf(w, in.ClusterID, in.ComponentID)
	if err != nil {
		return nil, err
	}
	return &ack.PauseComponentUpgradeResponse{}, w.Pause(t)
}

// upgradeOf returns the task that upgrades an add-on at present.
func upgradeOf(w *world.World, clusterID, name string) (*world.Task, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return nil, err
	}
	a, err := c.Addon(name)
	if err != nil {
		return nil, err
	}
	if t := w.Tasks.Get(a.Task); t != nil && a.State == ack.AddonStateUpgrading {
		return t, nil
	}
	return nil, world.Conflict("The add-on %s is not being upgraded.", name)
}
