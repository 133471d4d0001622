package permissions

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeUserClusterNamespaces lists the namespaces of a cluster in which the caller has permissions.
func DescribeUserClusterNamespaces(w *world.World, in *ack.DescribeUserClusterNamespacesRequest) (*ack.DescribeUserClusterNamespacesResponse, error) {
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeUserClusterNamespacesResponse{Items: w.NamespacesOf(c)}, nil
}
