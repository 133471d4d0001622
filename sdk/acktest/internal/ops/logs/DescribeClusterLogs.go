package logs

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterLogs lists what was done to a cluster, the oldest first.
func DescribeClusterLogs(w *world.World, in *ack.DescribeClusterLogsRequest) (*ack.DescribeClusterLogsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterLogsResponse{Items: c.Log}, nil
}
