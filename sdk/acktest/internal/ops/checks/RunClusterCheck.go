package checks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RunClusterCheck starts a check of whether a cluster is ready for a change.
func RunClusterCheck(w *world.World, in *ack.RunClusterCheckRequest) (*ack.RunClusterCheckResponse, error) {
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	check := &world.Check{ClusterCheck: ack.ClusterCheck{Type: in.Type}}
	switch in.Type {
	case ack.ClusterCheckTypeClusterUpgrade, ack.ClusterCheckTypeMasterUpgrade:
		if check.Version = in.Options["next_version"]; check.Version == "" {
			return nil, world.Missing("options.next_version")
		}
	case ack.ClusterCheckTypeNodePoolUpgrade:
		if in.Target == nil || *in.Target == "" {
			return nil, world.Missing("target")
		}
		if _, err := c.NodePool(*in.Target); err != nil {
			return nil, err
		}
	case ack.ClusterCheckTypeClusterMigrate:
	default:
		return nil, world.Invalid("There is no check of the type that the parameter type names.")
	}
	if in.Target != nil {
		check.Target = *in.Target
	}
	w.RunCheck(c, check)
	return &ack.RunClusterCheckResponse{CheckID: check.CheckID}, nil
}
