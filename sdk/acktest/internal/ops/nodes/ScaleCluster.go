package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ScaleCluster adds nodes as ScaleOutCluster does. Whether the service takes the count for that of all nodes, no source tells.
func ScaleCluster(w *world.World, in *ack.ScaleClusterRequest) (*ack.ScaleClusterResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	t, err := scaleOut(w, c, machines{
		count: behavior.Value(in.Count), vswitches: in.VSwitchIDs, types: in.WorkerInstanceTypes, charge: behavior.Value(in.WorkerInstanceChargeType),
		period: behavior.Value(in.WorkerPeriod), unit: behavior.Value(in.WorkerPeriodUnit), taints: in.Taints,
	})
	if err != nil {
		return nil, err
	}
	return &ack.ScaleClusterResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
