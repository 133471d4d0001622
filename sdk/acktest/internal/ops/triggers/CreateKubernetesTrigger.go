package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateKubernetesTrigger adds a trigger for an application.
func CreateKubernetesTrigger(w *world.World, in *ack.CreateKubernetesTriggerRequest) (*ack.CreateKubernetesTriggerResponse, error) {
	t, err := add(w, in.ClusterID, ack.Trigger{ProjectID: in.ProjectID, Type: behavior.ValueOr(in.Type, ack.TriggerTypeDeployment), Action: in.Action})
	if err != nil {
		return nil, err
	}
	return &ack.CreateKubernetesTriggerResponse{Trigger: created(t)}, nil
}
