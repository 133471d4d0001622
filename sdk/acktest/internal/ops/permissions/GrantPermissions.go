package permissions

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GrantPermissions replaces all permissions of a user.
func GrantPermissions(w *world.World, in *ack.GrantPermissionsRequest) (*ack.GrantPermissionsResponse, error) {
	if err := change(w, in.UID, ack.PermissionUpdateModeApply, in.Items); err != nil {
		return nil, err
	}
	return &ack.GrantPermissionsResponse{}, nil
}
