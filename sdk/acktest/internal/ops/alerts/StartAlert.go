package alerts

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// StartAlert turns on rules of a cluster. Nothing tells whether a rule is on, so nothing is kept.
func StartAlert(w *world.World, in *ack.StartAlertRequest) (*ack.StartAlertResponse, error) {
	if err := checkRules(w, in.ClusterID, in.AlertRuleGroupName); err != nil {
		return nil, err
	}
	return &ack.StartAlertResponse{AlertChange: ack.AlertChange{Status: true, Msg: "success"}}, nil
}
