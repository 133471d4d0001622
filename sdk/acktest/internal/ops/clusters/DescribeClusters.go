package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusters lists all clusters of the account.
func DescribeClusters(w *world.World, in *ack.DescribeClustersRequest) (*ack.DescribeClustersResponse, error) {
	group := behavior.Value(in.ResourceGroupID)
	clusters := list(w, filter{nameHas: in.Name, clusterType: in.ClusterType}, func(c *world.Cluster) bool {
		return group == "" || c.ResourceGroupID == group
	})
	return &ack.DescribeClustersResponse{Items: clusters}, nil
}
