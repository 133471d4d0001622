package logs

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CheckControlPlaneLogEnable tells which logs of the control plane of a managed cluster are collected.
func CheckControlPlaneLogEnable(w *world.World, in *ack.CheckControlPlaneLogEnableRequest) (*ack.CheckControlPlaneLogEnableResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	switch {
	case err != nil:
		return nil, err
	case !c.IsManaged():
		return nil, world.Invalid("The cluster %s is not a managed one.", c.ClusterID)
	}
	log := &c.ControlPlaneLog
	return &ack.CheckControlPlaneLogEnableResponse{Aliuid: &w.ID, Components: log.Components, LogProject: &log.Project, LogTTL: &log.Days}, nil
}
