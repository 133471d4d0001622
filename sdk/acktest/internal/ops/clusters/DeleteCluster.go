package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteCluster starts to delete a cluster that is not protected.
func DeleteCluster(w *world.World, in *ack.DeleteClusterRequest) (*ack.DeleteClusterResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	switch {
	case err != nil:
		return nil, err
	case c.DeletionProtection:
		return nil, world.Conflict("The cluster %s is protected from deletion.", c.ClusterID)
	case c.State == ack.ClusterStateDeleting:
		return nil, world.Conflict("The cluster %s is being deleted.", c.ClusterID)
	}
	task := w.DeleteCluster(c)
	return &ack.DeleteClusterResponse{TaskReference: ack.TaskReference{ClusterID: c.ClusterID, TaskID: task.ID}}, nil
}
