package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ScaleOutCluster adds nodes that the request describes. They join the default node pool, or are outside of node pools if there
// is none.
func ScaleOutCluster(w *world.World, in *ack.ScaleOutClusterRequest) (*ack.ScaleOutClusterResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if err := checkScaleOut(in); err != nil {
		return nil, err
	}
	t, err := scaleOut(w, c, machines{
		count: in.Count, vswitches: in.VSwitchIDs, types: in.WorkerInstanceTypes, charge: behavior.Value(in.WorkerInstanceChargeType),
		period: behavior.Value(in.WorkerPeriod), unit: behavior.Value(in.WorkerPeriodUnit), taints: in.Taints, image: behavior.Value(in.ImageID), runtime: in.Runtime,
	})
	if err != nil {
		return nil, err
	}
	return &ack.ScaleOutClusterResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}

func checkScaleOut(in *ack.ScaleOutClusterRequest) error {
	switch {
	case in.KeyPair != nil && in.LoginPassword != nil:
		return world.Invalid("Only one of key_pair and login_password can be given.")
	case in.LoginPassword != nil && !validPassword(*in.LoginPassword):
		return world.Invalid("The login_password must have 8 to 30 characters of three kinds.")
	case len(in.VSwitchIDs) > 3:
		return world.Invalid("At most 3 vswitch_ids can be given.")
	}
	return nil
}
