package nodes

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// AttachInstancesToNodePool makes nodes of a pool of existing instances. The task tells what became of each.
func AttachInstancesToNodePool(w *world.World, in *ack.AttachInstancesToNodePoolRequest) (*ack.AttachInstancesToNodePoolResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	if in.Password != nil && !validPassword(*in.Password) {
		return nil, world.Invalid("The password must have 8 to 30 characters of three kinds.")
	}
	t, _, err := attach(w, c, p, in.Instances, world.Attachment{KeepNames: behavior.ValueOr(in.KeepInstanceName, true)})
	if err != nil {
		return nil, err
	}
	return &ack.AttachInstancesToNodePoolResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}
