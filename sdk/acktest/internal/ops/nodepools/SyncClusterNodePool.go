package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// SyncClusterNodePool does nothing to node pools that exist: what the fake server knows of them is never out of date.
func SyncClusterNodePool(w *world.World, in *ack.SyncClusterNodePoolRequest) (*ack.SyncClusterNodePoolResponse, error) {
	if _, err := w.Cluster(in.ClusterID); err != nil {
		return nil, err
	}
	return &ack.SyncClusterNodePoolResponse{}, nil
}
