package autorepair

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteAutoRepairPolicy deletes a repair policy that no node pool follows. What the service does with others, no source tells.
func DeleteAutoRepairPolicy(w *world.World, in *ack.DeleteAutoRepairPolicyRequest) (*ack.DeleteAutoRepairPolicyResponse, error) {
	c, p, err := find(w, in.ClusterID, in.PolicyID)
	if err != nil {
		return nil, err
	}
	if pools := c.NodePoolsFollowing(p.ID); len(pools) > 0 {
		return nil, world.Conflict("The node pool %s follows the repair policy %s.", pools[0], p.ID)
	}
	c.RepairPolicies.Delete(p.ID)
	return &ack.DeleteAutoRepairPolicyResponse{}, nil
}
