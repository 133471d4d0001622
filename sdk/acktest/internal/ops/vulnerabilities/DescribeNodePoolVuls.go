package vulnerabilities

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeNodePoolVuls lists the vulnerabilities that the last scan has found, by node.
func DescribeNodePoolVuls(w *world.World, in *ack.DescribeNodePoolVulsRequest) (*ack.DescribeNodePoolVulsResponse, error) {
	c, _, err := w.NodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	response := &ack.DescribeNodePoolVulsResponse{VulsFixServicePurchased: true}
	for n := range c.NodesOf(in.NodePoolID) {
		found := slices.DeleteFunc(world.VulnerabilitiesOf(n), func(v ack.NodeVulnerability) bool {
			return len(in.Necessity) > 0 && !slices.Contains(in.Necessity, v.Necessity)
		})
		if len(found) > 0 {
			response.VulRecords = append(response.VulRecords, ack.NodeVulnerabilities{InstanceID: n.InstanceID, NodeName: n.NodeName, VulList: found})
		}
	}
	return response, nil
}
