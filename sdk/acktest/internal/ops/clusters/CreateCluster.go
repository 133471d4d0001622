package clusters

import (
	"cmp"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateCluster adds a cluster, which is running when its task has ended.
func CreateCluster(w *world.World, in *ack.CreateClusterRequest) (*ack.CreateClusterResponse, error) {
	c := &world.Cluster{Cluster: ack.Cluster{Name: in.Name, RegionID: in.RegionID, Tags: in.Tags, ClusterType: ack.ClusterTypeManagedKubernetes}}
	if in.ClusterType != nil {
		c.ClusterType = cmp.Or(*in.ClusterType, c.ClusterType)
	}
	if in.DeletionProtection != nil {
		c.DeletionProtection = *in.DeletionProtection
	}
	task := w.CreateCluster(c)
	return &ack.CreateClusterResponse{ClusterID: c.ClusterID, TaskID: task.ID}, nil
}
