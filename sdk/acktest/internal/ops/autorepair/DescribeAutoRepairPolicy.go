package autorepair

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeAutoRepairPolicy returns one repair policy with the node pools that follow it.
func DescribeAutoRepairPolicy(w *world.World, in *ack.DescribeAutoRepairPolicyRequest) (*ack.DescribeAutoRepairPolicyResponse, error) {
	c, p, err := find(w, in.ClusterID, in.PolicyID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeAutoRepairPolicyResponse{RepairPolicy: describe(c, p)}, nil
}
