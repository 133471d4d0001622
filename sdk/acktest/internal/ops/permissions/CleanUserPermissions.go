package permissions

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CleanUserPermissions starts to take kubeconfigs and permissions away from a user.
func CleanUserPermissions(w *world.World, in *ack.CleanUserPermissionsRequest) (*ack.CleanUserPermissionsResponse, error) {
	if err := w.CheckCleanable(in.UID); err != nil {
		return nil, err
	}
	for _, id := range in.ClusterIDs {
		if _, err := w.Cluster(id); err != nil {
			return nil, err
		}
	}
	if err := w.CheckUnchanging(in.UID); err != nil {
		return nil, err
	}
	task := w.CleanUser(in.UID, slices.Clone(in.ClusterIDs), isTrue(in.Force))
	return &ack.CleanUserPermissionsResponse{TaskReference: ack.TaskReference{TaskID: task.ID, RequestID: w.RequestID}}, nil
}
