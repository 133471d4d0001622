package alerts

import (
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteAlertContact deletes contacts, and tells of each whether it is deleted.
func DeleteAlertContact(w *world.World, in *ack.DeleteAlertContactRequest) (*ack.DeleteAlertContactResponse, error) {
	out := &ack.DeleteAlertContactResponse{}
	for _, id := range in.ContactIDs {
		result := ack.AlertContactDeletion{Status: exists(id, w.DeletedContacts), ContactID: strconv.FormatInt(id, 10)}
		if !result.Status {
			result.Msg = "Delete contact resource failed."
		}
		w.DeleteContact(id)
		out.Result = append(out.Result, result)
	}
	return out, nil
}
