package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteClusterNodes removes nodes from a cluster. Node pools with a desired size start others in their place.
func DeleteClusterNodes(w *world.World, in *ack.DeleteClusterNodesRequest) (*ack.DeleteClusterNodesResponse, error) {
	t, err := remove(w, in.ClusterID, in.Nodes, world.Removal{Drain: behavior.Value(in.DrainNode), Release: behavior.Value(in.ReleaseNode)})
	if err != nil {
		return nil, err
	}
	return &ack.DeleteClusterNodesResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
