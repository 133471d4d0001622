package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// AttachInstances makes nodes of existing instances, in the node pool that the request names or the default one.
func AttachInstances(w *world.World, in *ack.AttachInstancesRequest) (*ack.AttachInstancesResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if in.KeyPair != nil && in.Password != nil {
		return nil, world.Invalid("Only one of key_pair and password can be given.")
	}
	if in.Password != nil && !validPassword(*in.Password) {
		return nil, world.Invalid("The password must have 8 to 30 characters of three kinds.")
	}
	p, err := poolOrDefault(c, behavior.Value(in.NodePoolID))
	if err != nil {
		return nil, err
	}
	if _, _, err := w.ReadyNodePool(in.ClusterID, p.NodePoolInfo.NodePoolID); err != nil {
		return nil, err
	}
	t, list, err := attach(w, c, p, in.Instances)
	if err != nil {
		return nil, err
	}
	return &ack.AttachInstancesResponse{List: list, TaskID: t.ID}, nil
}
