package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// MigrateCluster starts to turn a managed cluster of the Basic edition into one of the Pro edition.
func MigrateCluster(w *world.World, in *ack.MigrateClusterRequest) (*ack.MigrateClusterResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	spec := behavior.ValueOr(in.Spec, ack.ClusterSpecACKProSmall)
	switch {
	case err != nil:
		return nil, err
	case c.ClusterType != ack.ClusterTypeManagedKubernetes || c.IsPro():
		return nil, world.Conflict("The cluster %s is not a managed cluster of the Basic edition.", c.ClusterID)
	case behavior.ValueOr(in.Type, c.ClusterType) != c.ClusterType:
		return nil, world.Invalid("A cluster can only become a managed one.")
	case spec == ack.ClusterSpecACKStandard:
		return nil, world.Invalid("A cluster can only become one of the Pro edition.")
	}
	return &ack.MigrateClusterResponse{TaskReference: w.MigrateCluster(c, spec).Reference()}, nil
}
