package nodepools

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateClusterNodePool adds a node pool, which is active when its task has ended.
func CreateClusterNodePool(w *world.World, in *ack.CreateClusterNodePoolRequest) (*ack.CreateClusterNodePoolResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if err := w.CheckNodePool(c, in); err != nil {
		return nil, err
	}
	p, t := w.CreateNodePool(c, in)
	return &ack.CreateClusterNodePoolResponse{NodePoolID: p.NodePoolInfo.NodePoolID, TaskID: t.ID}, nil
}
