package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeTrigger returns the triggers of an application, with their tokens.
func DescribeTrigger(w *world.World, in *ack.DescribeTriggerRequest) (*ack.DescribeTriggerResponse, error) {
	list, err := triggersOf(w, in)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeTriggerResponse{Items: list}, nil
}

// triggersOf returns the triggers that a request asks for.
func triggersOf(w *world.World, in *ack.DescribeTriggerRequest) ([]ack.Trigger, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	list := []ack.Trigger{}
	for _, t := range c.Triggers.All() {
		if t.ProjectID == in.Namespace+"/"+in.Name && suits(in.Type, t.Type) && suits(in.Action, t.Action) {
			list = append(list, t.Trigger)
		}
	}
	return list, nil
}

func suits[T comparable](wanted *T, value T) bool { return wanted == nil || *wanted == value }
