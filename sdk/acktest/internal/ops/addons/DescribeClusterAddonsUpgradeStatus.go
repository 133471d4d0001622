package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterAddonsUpgradeStatus tells how the last upgrades of add-ons stand.
func DescribeClusterAddonsUpgradeStatus(
	w *world.World, in *ack.DescribeClusterAddonsUpgradeStatusRequest,
) (*ack.DescribeClusterAddonsUpgradeStatusResponse, error) {
	statuses, err := upgradeStatuses(w, in.ClusterID, in.ComponentIDs...)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterAddonsUpgradeStatusResponse{Entries: statuses}, nil
}
