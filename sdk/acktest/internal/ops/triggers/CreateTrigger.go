package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateTrigger adds a trigger for an application.
func CreateTrigger(w *world.World, in *ack.CreateTriggerRequest) (*ack.CreateTriggerResponse, error) {
	if in.BodyClusterID != in.ClusterID {
		return nil, world.Invalid("The path and the body name different clusters.")
	}
	t, err := add(w, in.ClusterID, ack.Trigger{ProjectID: in.ProjectID, Type: behavior.ValueOr(in.Type, ack.TriggerTypeDeployment), Action: in.Action})
	if err != nil {
		return nil, err
	}
	return &ack.CreateTriggerResponse{Trigger: created(t)}, nil
}
