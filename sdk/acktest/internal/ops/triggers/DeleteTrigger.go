package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteTrigger removes a trigger of a cluster.
func DeleteTrigger(w *world.World, in *ack.DeleteTriggerRequest) (*ack.DeleteTriggerResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if c.Triggers.Get(in.ID) == nil {
		return nil, world.NotFound("trigger", in.ID)
	}
	c.Triggers.Delete(in.ID)
	return &ack.DeleteTriggerResponse{}, nil
}
