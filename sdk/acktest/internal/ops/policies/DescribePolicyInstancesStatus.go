package policies

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribePolicyInstancesStatus counts the instances of a cluster by policy, and by the severities that there are.
func DescribePolicyInstancesStatus(
	w *world.World, in *ack.DescribePolicyInstancesStatusRequest,
) (*ack.DescribePolicyInstancesStatusResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	counts := countInstances(c)
	out := &ack.DescribePolicyInstancesStatusResponse{InstancesSeverityCount: make(map[string]int64)}
	for _, p := range catalog.Policies() {
		out.PolicyInstances = append(out.PolicyInstances, ack.PolicyInstanceCount{
			PolicyCategory: p.Category, PolicyName: p.Name, PolicyDescription: p.Description, PolicySeverity: p.Severity,
			PolicyInstancesCount: counts[p.Name],
		})
		if counts[p.Name] > 0 {
			out.InstancesSeverityCount[string(p.Severity)] += counts[p.Name]
		}
	}
	return out, nil
}

// countInstances returns how many instances of each policy a cluster has.
func countInstances(c *world.Cluster) map[string]int64 {
	counts := make(map[string]int64)
	for _, row := range c.Policies.All() {
		counts[row.PolicyName]++
	}
	return counts
}
