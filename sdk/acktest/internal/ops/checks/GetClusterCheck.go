package checks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetClusterCheck returns a check with what it has found.
func GetClusterCheck(w *world.World, in *ack.GetClusterCheckRequest) (*ack.GetClusterCheckResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	check, err := c.Check(in.CheckID)
	if err != nil {
		return nil, err
	}
	return &ack.GetClusterCheckResponse{ClusterCheck: check.ClusterCheck}, nil
}
