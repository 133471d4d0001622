package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetKubernetesTrigger returns the triggers of an application, with their tokens.
func GetKubernetesTrigger(w *world.World, in *ack.GetKubernetesTriggerRequest) (*ack.GetKubernetesTriggerResponse, error) {
	list, err := triggersOf(w, &ack.DescribeTriggerRequest{
		ClusterID: in.ClusterID, Namespace: in.Namespace, Name: in.Name, Type: in.Type, Action: in.Action,
	})
	if err != nil {
		return nil, err
	}
	return &ack.GetKubernetesTriggerResponse{Items: list}, nil
}
