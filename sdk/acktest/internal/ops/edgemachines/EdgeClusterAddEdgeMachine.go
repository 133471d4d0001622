package edgemachines

import (
	"encoding/json"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// EdgeClusterAddEdgeMachine starts to make a machine a node of an edge cluster, in an edge node pool: others have instances of the VPC alone.
func EdgeClusterAddEdgeMachine(w *world.World, in *ack.EdgeClusterAddEdgeMachineRequest) (*ack.EdgeClusterAddEdgeMachineResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	pool, err := c.NodePool(in.NodePoolID)
	if err != nil {
		return nil, err
	}
	m, err := w.EdgeMachine(in.EdgeMachineID)
	switch {
	case err != nil:
		return nil, err
	case in.Options != nil && !json.Valid([]byte(*in.Options)):
		return nil, world.Invalid("The parameter options is no JSON.")
	case c.Profile != ack.ClusterProfileEdge:
		return nil, world.Conflict("The cluster %s is no edge cluster.", c.ClusterID)
	case pool.NodePoolInfo.Type != ack.NodePoolTypeEdge:
		return nil, world.Conflict("The node pool %s is no edge node pool.", in.NodePoolID)
	case w.IsEdgeNode(m):
		return nil, world.Conflict("The edge machine %s is a node of the cluster %s.", m.EdgeMachineID, m.ClusterID)
	case m.LifeState != ack.EdgeMachineLifeStateActivated:
		return nil, world.Conflict("The edge machine %s is not activated.", m.EdgeMachineID)
	}
	w.AddEdgeMachine(c, pool, m)
	return &ack.EdgeClusterAddEdgeMachineResponse{EdgeMachineReference: ack.EdgeMachineReference{EdgeMachineID: m.EdgeMachineID, RequestID: w.RequestID}}, nil
}
