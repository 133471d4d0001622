package clusters

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeResourcesDeleteProtection lists which namespaces or services of a cluster are protected.
func DescribeResourcesDeleteProtection(
	w *world.World, in *ack.DescribeResourcesDeleteProtectionRequest,
) (*ack.DescribeResourcesDeleteProtectionResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if err := checkProtected(in.ResourceType); err != nil {
		return nil, err
	}
	names := strings.FieldsFunc(behavior.Value(in.Resources), func(r rune) bool { return r == ',' })
	switch {
	case len(names) == 0 && in.ResourceType == ack.ProtectedResourceTypeServices:
		return nil, world.Missing("resources")
	case len(names) == 0:
		names = c.AllNamespaces()
	}
	out := &ack.DescribeResourcesDeleteProtectionResponse{}
	for _, name := range names {
		out.Items = append(out.Items, c.Protection(in.ResourceType, behavior.Value(in.Namespace), name))
	}
	return out, nil
}

func checkProtected(kind ack.ProtectedResourceType) error {
	if kind != ack.ProtectedResourceTypeNamespaces && kind != ack.ProtectedResourceTypeServices {
		return world.Invalid("The resource type is neither namespaces nor services.")
	}
	return nil
}
