package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterNodePoolDetail returns one node pool.
func DescribeClusterNodePoolDetail(w *world.World, in *ack.DescribeClusterNodePoolDetailRequest) (*ack.DescribeClusterNodePoolDetailResponse, error) {
	c, p, err := w.NodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	response := &ack.DescribeClusterNodePoolDetailResponse{NodePool: c.DescribePool(p)}
	response.Status.Conditions = []ack.NodePoolCondition{}
	return response, nil
}
