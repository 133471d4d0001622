package tags

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// pageSize is how many tags a page holds. No source tells how many the service takes.
const pageSize = 50

// ListTagResources returns the tags of clusters in a region, page by page. Clusters that are not there have none.
func ListTagResources(w *world.World, in *ack.ListTagResourcesRequest) (*ack.ListTagResourcesResponse, error) {
	if err := checkKind(in.ResourceType); err != nil {
		return nil, err
	}
	all := []ack.TaggedResource{}
	for id, c := range w.Clusters.All() {
		if c.RegionID != in.RegionID || !slices.Contains(in.ResourceIDs, id) {
			continue
		}
		for _, tag := range c.Tags {
			if isWanted(in.Tags, tag) {
				all = append(all, ack.TaggedResource{
					ResourceID: id, ResourceType: string(in.ResourceType), TagKey: tag.Key, TagValue: behavior.Value(tag.Value),
				})
			}
		}
	}
	page, next, err := behavior.Tokened(all, in.NextToken, new(int32(pageSize)), pageSize, pageSize)
	if err != nil {
		return nil, err
	}
	return &ack.ListTagResourcesResponse{TagResources: ack.TaggedResourceList{TagResource: page}, NextToken: next}, nil
}

// isWanted reports whether a tag is one of those that a request lists. One without a value stands for all values.
func isWanted(wanted []ack.Tag, tag ack.Tag) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(want ack.Tag) bool {
		return want.Key == tag.Key && (want.Value == nil || *want.Value == behavior.Value(tag.Value))
	})
}
