package permissions

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateUserPermissions replaces all permissions of a user, or adds some or takes some away.
func UpdateUserPermissions(w *world.World, in *ack.UpdateUserPermissionsRequest) (*ack.UpdateUserPermissionsResponse, error) {
	mode := ack.PermissionUpdateModeApply
	if in.Mode != nil {
		mode = *in.Mode
	}
	switch mode {
	case ack.PermissionUpdateModeApply, ack.PermissionUpdateModePatch, ack.PermissionUpdateModeDelete:
	default:
		return nil, world.Invalid("The parameter mode is not apply, patch or delete.")
	}
	if err := change(w, in.UID, mode, in.Items); err != nil {
		return nil, err
	}
	return &ack.UpdateUserPermissionsResponse{}, nil
}
