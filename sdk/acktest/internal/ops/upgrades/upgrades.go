// Package upgrades is what the operations on upgrades of clusters do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package upgrades

import (
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CancelClusterUpgrade": behavior.Of(CancelClusterUpgrade),
		"GetUpgradeStatus":     behavior.Of(GetUpgradeStatus),
		"PauseClusterUpgrade":  behavior.Of(PauseClusterUpgrade),
		"ResumeUpgradeCluster": behavior.Of(ResumeUpgradeCluster),
		"UpgradeCluster":       behavior.Of(UpgradeCluster),
	}
}

// control does something to the upgrade of a cluster that is under way.
func control(w *world.World, clusterID string, do func(*world.Task) error) error {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return err
	}
	t := w.LatestUpgrade(c)
	if t == nil || !t.Active() {
		return world.Conflict("The cluster %s is not being upgraded.", clusterID)
	}
	return do(t)
}
