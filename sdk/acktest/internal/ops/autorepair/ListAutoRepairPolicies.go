package autorepair

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListAutoRepairPolicies lists the repair policies of a cluster.
func ListAutoRepairPolicies(w *world.World, in *ack.ListAutoRepairPoliciesRequest) (*ack.ListAutoRepairPoliciesResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	response := &ack.ListAutoRepairPoliciesResponse{}
	for _, p := range c.RepairPolicies.All() {
		response.Items = append(response.Items, describe(c, p))
	}
	return response, nil
}
