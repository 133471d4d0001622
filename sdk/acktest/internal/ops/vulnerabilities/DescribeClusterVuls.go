package vulnerabilities

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterVuls lists the vulnerabilities that the last scan has found, by node pool.
func DescribeClusterVuls(w *world.World, in *ack.DescribeClusterVulsRequest) (*ack.DescribeClusterVulsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	response := &ack.DescribeClusterVulsResponse{}
	for id, p := range c.NodePools.All() {
		for _, v := range world.Vulnerabilities() {
			record := ack.ClusterVulnerability{
				NodePoolID: id, NodePoolName: p.NodePoolInfo.Name, VulName: v.Name, VulAliasName: v.AliasName,
				VulType: ack.VulnerabilityTypeCVE, Necessity: v.Necessity, CVEList: v.CVEList,
			}
			for n := range c.NodesOf(id) {
				if slices.Contains(n.Vulnerabilities, v.Name) {
					record.NodeCount++
				}
			}
			if record.NodeCount > 0 {
				response.VulRecords = append(response.VulRecords, record)
			}
		}
	}
	return response, nil
}
