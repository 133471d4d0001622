package nodes

import (
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// validPassword reports whether a password is one for existing instances.
func validPassword(secret roa.Secret) bool {
	return world.ValidPassword(secret) && !strings.ContainsAny(secret.Reveal(), `\"`)
}

// poolOrDefault returns the node pool of an id, or the default one if there is no id.
func poolOrDefault(c *world.Cluster, id string) (*world.NodePool, error) {
	if id != "" {
		return c.NodePool(id)
	}
	if p := c.DefaultNodePool(); p != nil {
		return p, nil
	}
	return nil, world.Conflict("The cluster %s has no default node pool.", c.ClusterID)
}

// remove removes nodes, whatever node pools they belong to.
func remove(w *world.World, clusterID string, names []string, how world.Removal) (*world.Task, error) {
	c, err := w.ReadyCluster(clusterID)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, world.Missing("nodes")
	}
	nodes, err := c.NodesNamed("", names)
	if err != nil {
		return nil, err
	}
	if err := c.CheckRemoval(nodes); err != nil {
		return nil, err
	}
	return w.RemoveNodes(c, nodes, how), nil
}

// attach makes nodes of those instances that can become ones, and tells of each whether it was accepted.
func attach(w *world.World, c *world.Cluster, p *world.NodePool, ids []string, how world.Attachment) (*world.Task, []ack.InstanceAttachment, error) {
	if len(ids) == 0 {
		return nil, nil, world.Missing("instances")
	}
	var accepted, refused []string
	var list []ack.InstanceAttachment
	for _, id := range ids {
		result := ack.InstanceAttachment{InstanceID: id, Code: "200", Message: "successful"}
		if reason := w.Attachable(id); reason != "" {
			result.Code, result.Message = "400", reason
			refused = append(refused, id)
		} else if !slices.Contains(accepted, id) {
			accepted = append(accepted, id)
		}
		list = append(list, result)
	}
	if err := w.RoomForNodes(c, int64(len(accepted))); err != nil {
		return nil, nil, err
	}
	return w.AttachNodes(c, p, accepted, refused, how), list, nil
}

// machines are what requests from before node pools say of new nodes.
type machines struct {
	count            int64
	vswitches, types []string
	charge           ack.ChargeType
	period           int64
	unit             ack.PeriodUnit
	taints           []ack.Taint
	image            string
	runtime          *ack.Runtime
}

// scaleOut adds such nodes to a cluster.
func scaleOut(w *world.World, c *world.Cluster, m machines) (*world.Task, error) {
	if m.count < 1 {
		return nil, world.Invalid("The count must be at least 1.")
	}
	if err := w.RoomForNodes(c, m.count); err != nil {
		return nil, err
	}
	// A pool describes them, without being one.
	in := &ack.CreateClusterNodePoolRequest{
		NodePoolInfo:     &ack.NodePoolInfoSpec{Name: "nodes"},
		ScalingGroup:     &ack.ScalingGroupSpec{VSwitchIDs: m.vswitches, InstanceTypes: m.types, PeriodUnit: &m.unit, Period: &m.period},
		KubernetesConfig: &ack.KubernetesConfig{Taints: m.taints},
	}
	if m.charge != "" {
		in.ScalingGroup.InstanceChargeType = &m.charge
	}
	if m.image != "" {
		in.ScalingGroup.ImageID = &m.image
	}
	if m.runtime != nil {
		in.KubernetesConfig.Runtime, in.KubernetesConfig.RuntimeVersion = m.runtime.Name, m.runtime.Version
	}
	return w.ScaleCluster(c, in, m.count)
}
