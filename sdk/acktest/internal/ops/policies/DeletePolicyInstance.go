package policies

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeletePolicyInstance takes the instance of a name out of force, or all of the policy without a name, as in the one sample.
func DeletePolicyInstance(w *world.World, in *ack.DeletePolicyInstanceRequest) (*ack.DeletePolicyInstanceResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	p, err := find(in.PolicyName)
	if err != nil {
		return nil, err
	}
	list, err := c.PolicyInstances(p.Name, in.InstanceName)
	if err != nil {
		return nil, err
	}
	for _, row := range list {
		c.Policies.Delete(row.InstanceName)
	}
	return &ack.DeletePolicyInstanceResponse{PolicyInstanceNames: namesOf(list)}, nil
}
