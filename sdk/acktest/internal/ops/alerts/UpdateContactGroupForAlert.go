package alerts

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateContactGroupForAlert sets whom a set of rules notifies. A group that does not exist is told by the status.
func UpdateContactGroupForAlert(w *world.World, in *ack.UpdateContactGroupForAlertRequest) (*ack.UpdateContactGroupForAlertResponse, error) {
	if err := checkRules(w, in.ClusterID, in.AlertRuleGroupName); err != nil {
		return nil, err
	}
	for _, id := range in.ContactGroupIDs {
		if !exists(id, w.DeletedContactGroups) {
			return &ack.UpdateContactGroupForAlertResponse{AlertChange: ack.AlertChange{Msg: "contact group illegal"}}, nil
		}
	}
	return &ack.UpdateContactGroupForAlertResponse{AlertChange: ack.AlertChange{Status: true, Msg: "success"}}, nil
}
