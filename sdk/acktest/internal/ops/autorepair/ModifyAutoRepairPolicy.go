package autorepair

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyAutoRepairPolicy changes a repair policy. Rules that are given replace all that there were: no source tells what else
// they could.
func ModifyAutoRepairPolicy(w *world.World, in *ack.ModifyAutoRepairPolicyRequest) (*ack.ModifyAutoRepairPolicyResponse, error) {
	_, p, err := find(w, in.ClusterID, in.PolicyID)
	if err != nil {
		return nil, err
	}
	if in.Name != nil {
		p.Name = *in.Name
	}
	if in.Rules != nil {
		p.Rules = in.Rules
	}
	return &ack.ModifyAutoRepairPolicyResponse{}, nil
}
