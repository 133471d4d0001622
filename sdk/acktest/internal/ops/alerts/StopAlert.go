package alerts

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// StopAlert turns off rules of a cluster. Nothing tells whether a rule is on, so nothing is kept.
func StopAlert(w *world.World, in *ack.StopAlertRequest) (*ack.StopAlertResponse, error) {
	if err := checkRules(w, in.ClusterID, in.AlertRuleGroupName); err != nil {
		return nil, err
	}
	return &ack.StopAlertResponse{AlertChange: ack.AlertChange{Status: true, Msg: "Success"}}, nil
}
