package nodecomponents

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListNodePoolComponentInstances lists the components of a node pool.
func ListNodePoolComponentInstances(w *world.World, in *ack.ListNodePoolComponentInstancesRequest) (*ack.ListNodePoolComponentInstancesResponse, error) {
	_, p, err := w.NodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	page, next, err := behavior.Tokened(p.Components(), in.NextToken, in.MaxResults, usualPage, maxPage)
	if err != nil {
		return nil, err
	}
	return &ack.ListNodePoolComponentInstancesResponse{ComponentInstances: page, MaxResults: pageSize(in.MaxResults), NextToken: next}, nil
}
