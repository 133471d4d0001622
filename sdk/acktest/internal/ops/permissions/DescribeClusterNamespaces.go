package permissions

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterNamespaces lists the namespaces of a cluster.
func DescribeClusterNamespaces(w *world.World, in *ack.DescribeClusterNamespacesRequest) (*ack.DescribeClusterNamespacesResponse, error) {
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterNamespacesResponse{Items: c.Namespaces}, nil
}
