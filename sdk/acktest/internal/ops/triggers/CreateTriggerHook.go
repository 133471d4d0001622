package triggers

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateTriggerHook adds a trigger for an application. No source tells what the service demands: it is the cluster and the
// application here. What trigger_url is for is not documented, so nothing is made of it.
func CreateTriggerHook(w *world.World, in *ack.CreateTriggerHookRequest) (*ack.CreateTriggerHookResponse, error) {
	switch {
	case in.ClusterID == nil:
		return nil, world.Missing("cluster_id")
	case in.ProjectID == nil:
		return nil, world.Missing("project_id")
	}
	if c, err := w.Cluster(*in.ClusterID); err == nil && in.RegionID != nil && c.RegionID != *in.RegionID {
		return nil, world.ClusterNotFound(*in.ClusterID)
	}
	action := behavior.ValueOr(in.Action, ack.TriggerActionRedeploy)
	_, err := add(w, *in.ClusterID, ack.Trigger{ProjectID: *in.ProjectID, Type: ack.TriggerTypeDeployment, Action: action})
	if err != nil {
		return nil, err
	}
	return &ack.CreateTriggerHookResponse{}, nil
}
