package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClustersForRegion lists the clusters in one region.
func DescribeClustersForRegion(w *world.World, in *ack.DescribeClustersForRegionRequest) (*ack.DescribeClustersForRegionResponse, error) {
	f := filter{nameHas: in.Name, id: in.ClusterID, clusterType: in.ClusterType, profile: in.Profile, spec: in.ClusterSpec}
	clusters := list(w, f, func(c *world.Cluster) bool { return c.RegionID == in.RegionID })
	out := &ack.DescribeClustersForRegionResponse{}
	out.Clusters, out.PageInfo = behavior.Numbered(clusters, in.PageNumber, in.PageSize, usualPage, largestPage)
	return out, nil
}
