package permissions

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CleanClusterUserPermissions takes the kubeconfig and all permissions in a cluster away from a user.
func CleanClusterUserPermissions(w *world.World, in *ack.CleanClusterUserPermissionsRequest) (*ack.CleanClusterUserPermissionsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if err := w.CheckCleanable(in.UID); err != nil {
		return nil, err
	}
	if !isTrue(in.Force) && w.UsesKubeconfig(c, in.UID) {
		return nil, world.Conflict("The user %s has used the kubeconfig in the last seven days.", in.UID)
	}
	c.RemoveKubeconfig(in.UID)
	c.RemovePermissions(in.UID)
	return &ack.CleanClusterUserPermissionsResponse{}, nil
}
