package logs

import (
	"cmp"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateClusterAuditLogConfig starts to turn the audit log of a cluster on or off, or to move it.
func UpdateClusterAuditLogConfig(w *world.World, in *ack.UpdateClusterAuditLogConfigRequest) (*ack.UpdateClusterAuditLogConfigResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	log := world.AuditLog{Enabled: !behavior.Value(in.Disable), Project: cmp.Or(behavior.Value(in.SLSProjectName), c.LogProject())}
	if !log.Enabled {
		log.Project = c.AuditLog.Project // a log that is turned off does not move
	}
	if !c.IsManaged() && c.AuditLog.Enabled && log.Project != c.AuditLog.Project {
		return nil, world.Invalid("Only a managed cluster can move its audit log to another project.")
	}
	return &ack.UpdateClusterAuditLogConfigResponse{TaskReference: w.SetAuditLog(c, log).Reference()}, nil
}
