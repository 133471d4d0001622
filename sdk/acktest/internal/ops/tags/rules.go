package tags

import (
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// maxTags is how many tags a cluster carries at most.
const maxTags = 20

// checkTags returns the fault of tags that no cluster can carry. It names no tag: the values may be secrets.
func checkTags(tags []ack.Tag) error {
	keys := make(map[string]bool)
	for i, tag := range tags {
		switch {
		case tag.Value == nil || *tag.Value == "":
			return world.Invalid("The tag %d has no value.", i+1)
		case isReserved(tag.Key) || isReserved(*tag.Value):
			return world.Invalid("The tag %d begins with aliyun or acs:, or holds http:// or https://.", i+1)
		case keys[tag.Key]:
			return world.Invalid("The tag %d has the key of another one.", i+1)
		}
		keys[tag.Key] = true
	}
	return nil
}

func isReserved(text string) bool {
	return strings.HasPrefix(text, "aliyun") || strings.HasPrefix(text, "acs:") ||
		strings.Contains(text, "http://") || strings.Contains(text, "https://")
}

// merge returns tags with others, whose values count for keys that both have.
func merge(tags, others []ack.Tag) []ack.Tag {
	out := slices.Clone(tags)
	for _, tag := range others {
		at := slices.IndexFunc(out, func(has ack.Tag) bool { return has.Key == tag.Key })
		if at < 0 {
			out = append(out, tag)
			continue
		}
		out[at] = tag
	}
	return out
}

// clustersOf returns the clusters of a request that names them by id, in a region, or the fault that one of them is not there.
func clustersOf(w *world.World, kind ack.TagResourceType, region string, ids []string) ([]*world.Cluster, error) {
	if err := checkKind(kind); err != nil {
		return nil, err
	}
	list := make([]*world.Cluster, len(ids))
	for i, id := range ids {
		c, err := w.Cluster(id)
		if err != nil {
			return nil, err
		}
		if c.RegionID != region {
			return nil, world.ClusterNotFound(id)
		}
		list[i] = c
	}
	return list, nil
}

func checkKind(kind ack.TagResourceType) error {
	if kind != ack.TagResourceTypeCluster {
		return world.Invalid("The resource type is %s alone.", ack.TagResourceTypeCluster)
	}
	return nil
}
