package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClustersV1 lists the clusters of the account, page by page.
func DescribeClustersV1(w *world.World, in *ack.DescribeClustersV1Request) (*ack.DescribeClustersV1Response, error) {
	name, region := behavior.Value(in.Name), behavior.Value(in.RegionID)
	f := filter{id: in.ClusterID, clusterType: in.ClusterType, profile: in.Profile, spec: in.ClusterSpec}
	clusters := list(w, f, func(c *world.Cluster) bool {
		return (name == "" || c.Name == name) && (region == "" || c.RegionID == region)
	})
	out := &ack.DescribeClustersV1Response{}
	out.Clusters, out.PageInfo = behavior.Numbered(clusters, in.PageNumber, in.PageSize, usualPage, largestPage)
	return out, nil
}
