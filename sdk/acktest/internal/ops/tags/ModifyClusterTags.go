package tags

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyClusterTags replaces the tags of a cluster. Whether those stay that a request leaves out is not documented: they go.
func ModifyClusterTags(w *world.World, in *ack.ModifyClusterTagsRequest) (*ack.ModifyClusterTagsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if err := checkTags(in.Items); err != nil {
		return nil, err
	}
	if len(in.Items) > maxTags {
		return nil, world.Conflict("The cluster %s would have more than %d tags.", c.ClusterID, maxTags)
	}
	c.Tags = in.Items
	return &ack.ModifyClusterTagsResponse{}, nil
}
