package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RemoveClusterNodes removes nodes from a cluster. Its task is hidden, as the response has none.
func RemoveClusterNodes(w *world.World, in *ack.RemoveClusterNodesRequest) (*ack.RemoveClusterNodesResponse, error) {
	how := world.Removal{Drain: behavior.Value(in.DrainNode), Release: behavior.Value(in.ReleaseNode), Hidden: true}
	if _, err := remove(w, in.ClusterID, in.Nodes, how); err != nil {
		return nil, err
	}
	return &ack.RemoveClusterNodesResponse{}, nil
}
