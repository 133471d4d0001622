package logs

import (
	"cmp"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// usualComponents are those whose logs are collected when a change does not name any.
var usualComponents = []string{"apiserver", "ccm", "scheduler", "kcm", "controlplane-events", "alb"}

// UpdateControlPlaneLog starts to change which logs of the control plane of a managed cluster are collected.
func UpdateControlPlaneLog(w *world.World, in *ack.UpdateControlPlaneLogRequest) (*ack.UpdateControlPlaneLogResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	switch {
	case err != nil:
		return nil, err
	case !c.IsManaged():
		return nil, world.Invalid("The cluster %s is not a managed one.", c.ClusterID)
	case behavior.ValueOr(in.Aliuid, w.ID) != w.ID:
		return nil, world.Invalid("The aliuid is not the id of the account of the caller.")
	}
	log := world.ControlPlaneLog{
		Components: in.Components, Project: cmp.Or(behavior.Value(in.LogProject), c.LogProject()),
		Days: cmp.Or(behavior.Value(in.LogTTL), world.DefaultLogDays),
	}
	if err := world.CheckLogDays(log.Days); err != nil {
		return nil, err
	}
	if log.Components == nil {
		log.Components = usualComponents
	}
	return &ack.UpdateControlPlaneLogResponse{TaskReference: w.SetControlPlaneLog(c, log).Reference()}, nil
}
