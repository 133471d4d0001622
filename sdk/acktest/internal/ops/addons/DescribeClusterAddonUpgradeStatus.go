package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterAddonUpgradeStatus tells how the last upgrade of an add-on stands.
func DescribeClusterAddonUpgradeStatus(
	w *world.World, in *ack.DescribeClusterAddonUpgradeStatusRequest,
) (*ack.DescribeClusterAddonUpgradeStatusResponse, error) {
	statuses, err := upgradeStatuses(w, in.ClusterID, in.ComponentID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterAddonUpgradeStatusResponse{Entries: statuses}, nil
}

// upgradeStatuses returns how the last upgrades of add-ons stand, by name.
func upgradeStatuses(w *world.World, clusterID string, names ...string) (map[string]ack.AddonUpgradeStatus, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return nil, err
	}
	statuses := make(map[string]ack.AddonUpgradeStatus)
	for _, name := range names {
		if statuses[name], err = upgradeStatus(w, c, name); err != nil {
			return nil, err
		}
	}
	return statuses, nil
}
