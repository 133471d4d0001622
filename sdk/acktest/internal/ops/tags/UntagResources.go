package tags

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UntagResources detaches the tags of some keys from clusters, or all tags.
func UntagResources(w *world.World, in *ack.UntagResourcesRequest) (*ack.UntagResourcesResponse, error) {
	clusters, err := clustersOf(w, in.ResourceType, in.RegionID, in.ResourceIDs)
	if err != nil {
		return nil, err
	}
	goes := func(tag ack.Tag) bool { return slices.Contains(in.TagKeys, tag.Key) }
	if len(in.TagKeys) == 0 {
		all := behavior.Value(in.All)
		goes = func(ack.Tag) bool { return all }
	}
	for _, c := range clusters {
		c.Tags = slices.DeleteFunc(slices.Clone(c.Tags), goes)
	}
	return &ack.UntagResourcesResponse{}, nil
}
