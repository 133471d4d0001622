package account

import (
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeUserQuota tells how much the account may have.
func DescribeUserQuota(w *world.World, _ *ack.DescribeUserQuotaRequest) (*ack.DescribeUserQuotaResponse, error) {
	q := w.Quota
	return &ack.DescribeUserQuotaResponse{
		ClusterQuota: q.Clusters, AMKClusterQuota: q.Managed, ASKClusterQuota: q.Serverless,
		ClusterNodePoolQuota: q.NodePools, NodeQuota: q.Nodes,
		EdgeImprovedNodePoolQuota: ack.EdgeNodePoolQuota{Count: 3, Bandwidth: 10, Period: 3}, // of the sample: nobody can use them any more
		Quotas: map[string]ack.Quota{clusterQuota: {
			Quota: strconv.FormatInt(q.Clusters, 10), OperationCode: clusterQuota, Adjustable: true, Unit: "Cluster",
		}},
	}, nil
}

// clusterQuota is the code of the only quota that a source names.
const clusterQuota = "q_Kubernetes_Cluster"
