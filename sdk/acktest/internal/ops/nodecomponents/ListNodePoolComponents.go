package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListNodePoolComponents lists the components that nodes can have. They are the same for all that the filters tell apart.
func ListNodePoolComponents(w *world.World, in *ack.ListNodePoolComponentsRequest) (*ack.ListNodePoolComponentsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if in.NodePoolID != nil {
		if _, err := c.NodePool(*in.NodePoolID); err != nil {
			return nil, err
		}
	}
	page, next, err := behavior.Tokened(c.NodeComponents(), in.NextToken, in.MaxResults, usualPage, maxPage)
	if err != nil {
		return nil, err
	}
	return &ack.ListNodePoolComponentsResponse{Components: page, MaxResults: pageSize(in.MaxResults), NextToken: next}, nil
}
