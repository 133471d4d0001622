package autorepair

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateAutoRepairPolicy adds a repair policy to a cluster.
func CreateAutoRepairPolicy(w *world.World, in *ack.CreateAutoRepairPolicyRequest) (*ack.CreateAutoRepairPolicyResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	p := &ack.RepairPolicy{
		ID: w.NewHexID("r-", 20), Name: behavior.Value(in.Name), ResourceType: behavior.Value(in.ResourceType),
		ResourceSubType: behavior.Value(in.ResourceSubType), Rules: in.Rules,
	}
	c.RepairPolicies.Put(p.ID, p)
	return &ack.CreateAutoRepairPolicyResponse{PolicyID: p.ID}, nil
}
