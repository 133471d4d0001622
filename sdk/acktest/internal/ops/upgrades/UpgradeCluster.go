package upgrades

import (
	"cmp"
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpgradeCluster starts to upgrade the Kubernetes version of a cluster. Without a version it takes the one that the cluster can go
// to next, and without another word it upgrades the nodes as well: no source tells what the service does.
func UpgradeCluster(w *world.World, in *ack.UpgradeClusterRequest) (*ack.UpgradeClusterResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	version := cmp.Or(behavior.Value(in.NextVersion), c.NextVersion)
	switch {
	case c.State != ack.ClusterStateRunning && c.State != ack.ClusterStateUpdatingFailed:
		return nil, world.Conflict("The cluster %s is %s, not running.", c.ClusterID, c.State)
	case behavior.ValueOr(in.ComponentName, "k8s") != "k8s":
		return nil, world.Invalid("The only component_name is k8s.")
	case behavior.ValueOr(in.Version, c.CurrentVersion) != c.CurrentVersion:
		return nil, world.Invalid("The version is not the one that the cluster has.")
	case c.NextVersion == "":
		return nil, world.Conflict("The cluster %s has no version to go to.", c.ClusterID)
	case !slices.Contains(world.UpgradableVersions(c.CurrentVersion), version):
		return nil, world.Invalid("The cluster %s cannot go to this next_version from %s.", c.ClusterID, c.CurrentVersion)
	}
	task := w.UpgradeCluster(c, version, behavior.Value(in.MasterOnly))
	return &ack.UpgradeClusterResponse{TaskReference: task.Reference()}, nil
}
