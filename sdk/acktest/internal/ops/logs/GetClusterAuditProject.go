package logs

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetClusterAuditProject tells whether the audit log of a cluster is collected, and where.
func GetClusterAuditProject(w *world.World, in *ack.GetClusterAuditProjectRequest) (*ack.GetClusterAuditProjectResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	return &ack.GetClusterAuditProjectResponse{SLSProjectName: c.AuditLog.Project, AuditEnabled: c.AuditLog.Enabled}, nil
}
