package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterDetail returns one cluster.
func DescribeClusterDetail(w *world.World, in *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterDetailResponse{Cluster: c.Describe()}, nil
}
