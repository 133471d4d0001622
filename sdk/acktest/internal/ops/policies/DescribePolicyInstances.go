package policies

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribePolicyInstances returns the instances of a cluster, those of a policy, or the one of a name.
func DescribePolicyInstances(w *world.World, in *ack.DescribePolicyInstancesRequest) (*ack.DescribePolicyInstancesResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	out := &ack.DescribePolicyInstancesResponse{}
	for _, row := range c.Policies.All() {
		if suits(in.PolicyName, row.PolicyName) && suits(in.InstanceName, row.InstanceName) {
			out.Items = append(out.Items, row.PolicyInstance)
		}
	}
	return out, nil
}

func suits(wanted *string, value string) bool {
	return wanted == nil || *wanted == "" || *wanted == value
}
