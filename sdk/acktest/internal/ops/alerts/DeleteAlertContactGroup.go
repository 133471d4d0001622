package alerts

import (
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteAlertContactGroup deletes groups of contacts, and tells of each whether it is deleted.
func DeleteAlertContactGroup(w *world.World, in *ack.DeleteAlertContactGroupRequest) (*ack.DeleteAlertContactGroupResponse, error) {
	out := &ack.DeleteAlertContactGroupResponse{}
	for _, id := range in.ContactGroupIDs {
		result := ack.AlertContactGroupDeletion{Status: exists(id, w.DeletedContactGroups), ContactGroupID: strconv.FormatInt(id, 10)}
		if !result.Status {
			result.Msg = "Delete contact group resource failed."
		}
		w.DeleteContactGroup(id)
		out.Items = append(out.Items, result)
	}
	return out, nil
}
