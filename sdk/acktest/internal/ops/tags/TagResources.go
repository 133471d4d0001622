package tags

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// TagResources attaches tags to clusters, all of them or none.
func TagResources(w *world.World, in *ack.TagResourcesRequest) (*ack.TagResourcesResponse, error) {
	clusters, err := clustersOf(w, in.ResourceType, in.RegionID, in.ResourceIDs)
	if err != nil {
		return nil, err
	}
	if err := checkTags(in.Tags); err != nil {
		return nil, err
	}
	for _, c := range clusters {
		if len(merge(c.Tags, in.Tags)) > maxTags {
			return nil, world.Conflict("The cluster %s would have more than %d tags.", c.ClusterID, maxTags)
		}
	}
	for _, c := range clusters {
		c.Tags = merge(c.Tags, in.Tags)
	}
	return &ack.TagResourcesResponse{}, nil
}
