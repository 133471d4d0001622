package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterNodePools lists the node pools of a cluster.
func DescribeClusterNodePools(w *world.World, in *ack.DescribeClusterNodePoolsRequest) (*ack.DescribeClusterNodePoolsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	response := &ack.DescribeClusterNodePoolsResponse{}
	for _, p := range c.NodePools.All() {
		if in.NodePoolName != nil && p.NodePoolInfo.Name != *in.NodePoolName {
			continue
		}
		described := c.DescribePool(p)
		described.HostNetwork, described.Intranet = nil, nil // The list does not tell of them.
		response.NodePools = append(response.NodePools, described)
	}
	return response, nil
}
