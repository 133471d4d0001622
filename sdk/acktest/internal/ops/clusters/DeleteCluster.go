package clusters

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
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
	task := w.DeleteCluster(c, func(r *ack.ClusterResource) bool { return kept(in, r) })
	return &ack.DeleteClusterResponse{TaskReference: task.Reference()}, nil
}

// kept reports whether a resource outlives its cluster.
func kept(in *ack.DeleteClusterRequest, r *ack.ClusterResource) bool {
	if behavior.Value(in.RetainAllResources) || slices.Contains(in.RetainResources, r.InstanceID) {
		return true
	}
	kind, _ := r.ExtraInfo["type"].(string)
	if kind == string(ack.ClusterDeleteOptionResourceTypeSLB) && behavior.Value(in.KeepSLB) {
		return true
	}
	for _, option := range in.DeleteOptions {
		if option.ResourceType != nil && string(*option.ResourceType) == kind && option.DeleteMode != nil {
			return *option.DeleteMode == ack.ClusterDeleteOptionDeleteModeRetain
		}
	}
	return !r.DeleteBehavior.DeleteByDefault
}
