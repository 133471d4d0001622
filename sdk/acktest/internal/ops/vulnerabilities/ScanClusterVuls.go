package vulnerabilities

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ScanClusterVuls looks for vulnerabilities on the nodes of a cluster.
func ScanClusterVuls(w *world.World, in *ack.ScanClusterVulsRequest) (*ack.ScanClusterVulsResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	t := w.ScanVulnerabilities(c)
	return &ack.ScanClusterVulsResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
