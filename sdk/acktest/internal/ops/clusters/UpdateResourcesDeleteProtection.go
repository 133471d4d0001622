package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateResourcesDeleteProtection protects namespaces or services of a cluster, or no longer protects them.
func UpdateResourcesDeleteProtection(
	w *world.World, in *ack.UpdateResourcesDeleteProtectionRequest,
) (*ack.UpdateResourcesDeleteProtectionResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	switch {
	case err != nil:
		return nil, err
	case in.ResourceType == nil:
		return nil, world.Missing("resource_type")
	case len(in.Resources) == 0:
		return nil, world.Missing("resources")
	}
	if err := checkProtected(*in.ResourceType); err != nil {
		return nil, err
	}
	namespace, protect := behavior.Value(in.Namespace), behavior.Value(in.Enable)
	for _, name := range in.Resources {
		c.Protect(c.Protection(*in.ResourceType, namespace, name), protect)
	}
	out := &ack.UpdateResourcesDeleteProtectionResponse{ResourceType: *in.ResourceType, Resources: in.Resources, Protection: "disable"}
	out.Namespace = c.Protection(*in.ResourceType, namespace, "").Namespace
	if protect {
		out.Protection = "enable"
	}
	return out, nil
}
