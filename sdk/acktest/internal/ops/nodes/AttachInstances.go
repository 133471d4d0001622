package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// AttachInstances makes nodes of existing instances, in the node pool that the request names or the default one. Settings that are not
// supported together with a node pool have no effect then: no source tells whether the service refuses them. Nothing shows what
// becomes of the others.
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
	how := world.Attachment{KeepNames: behavior.Value(in.KeepInstanceName)}
	if behavior.Value(in.NodePoolID) == "" {
		how.ImageID, how.Runtime = behavior.Value(in.ImageID), in.Runtime
	}
	t, list, err := attach(w, c, p, in.Instances, how)
	if err != nil {
		return nil, err
	}
	return &ack.AttachInstancesResponse{List: list, TaskID: t.ID}, nil
}
