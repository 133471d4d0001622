package inspections

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RunClusterInspect starts an inspection, or returns the one that was started with the same token.
func RunClusterInspect(w *world.World, in *ack.RunClusterInspectRequest) (*ack.RunClusterInspectResponse, error) {
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	token := ""
	if in.ClientToken != nil {
		token = *in.ClientToken
	}
	report := c.InspectReports.Find(func(r *world.InspectReport) bool { return token != "" && r.Token == token })
	if report == nil {
		report = w.Inspect(c, token)
	}
	return &ack.RunClusterInspectResponse{ReportID: report.ReportID, TaskID: report.TaskID}, nil
}
