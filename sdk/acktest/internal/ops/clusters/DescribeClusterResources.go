package clusters

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterResources lists the cloud resources of a cluster.
func DescribeClusterResources(w *world.World, in *ack.DescribeClusterResourcesRequest) (*ack.DescribeClusterResourcesResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	resources := c.DescribeResources()
	if !behavior.Value(in.WithAddonResources) {
		resources = slices.DeleteFunc(resources, func(r ack.ClusterResource) bool { return r.CreatorType == ack.ClusterResourceCreatorTypeAddon })
	}
	return &ack.DescribeClusterResourcesResponse{Items: resources}, nil
}
