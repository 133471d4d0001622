package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteKubernetesTrigger removes a trigger, whichever cluster has it.
func DeleteKubernetesTrigger(w *world.World, in *ack.DeleteKubernetesTriggerRequest) (*ack.DeleteKubernetesTriggerResponse, error) {
	if err := w.DeleteTrigger(in.ID); err != nil {
		return nil, err
	}
	return &ack.DeleteKubernetesTriggerResponse{}, nil
}
