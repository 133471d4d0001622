package account

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeRegions lists the regions. Every region has clusters of all types and profiles that there are: no source tells which has not.
func DescribeRegions(_ *world.World, in *ack.DescribeRegionsRequest) (*ack.DescribeRegionsResponse, error) {
	out := &ack.DescribeRegionsResponse{}
	english := strings.HasPrefix(strings.ToLower(behavior.Value(in.AcceptLanguage)), "en")
	if !world.OffersClusters(behavior.Value(in.ClusterType), behavior.Value(in.Profile)) {
		return out, nil
	}
	for _, r := range world.Regions() {
		name := r.Chinese
		if english {
			name = r.English
		}
		out.Regions = append(out.Regions, ack.Region{RegionID: r.ID, LocalName: name})
	}
	return out, nil
}
