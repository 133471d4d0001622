package edgemachines

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteEdgeMachine starts to remove a machine from the account. One that is a node is removed only by force, and stays a node of
// its cluster until it is removed there, too: no source tells what is prevented or becomes of it.
func DeleteEdgeMachine(w *world.World, in *ack.DeleteEdgeMachineRequest) (*ack.DeleteEdgeMachineResponse, error) {
	m, err := w.EdgeMachine(in.EdgeMachineID)
	forced := in.Force != nil && *in.Force == ack.DeleteEdgeMachineForceTrue
	switch {
	case err != nil:
		return nil, err
	case w.IsEdgeNode(m) && !forced:
		return nil, world.Conflict("The edge machine %s is a node of the cluster %s.", m.EdgeMachineID, m.ClusterID)
	case m.LifeState == ack.EdgeMachineLifeStateDeleting:
		return nil, world.Conflict("The edge machine %s is being deleted.", m.EdgeMachineID)
	}
	w.DeleteEdgeMachine(m)
	return &ack.DeleteEdgeMachineResponse{}, nil
}
