package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterAddonInstance returns one add-on of a cluster.
func DescribeClusterAddonInstance(
	w *world.World, in *ack.DescribeClusterAddonInstanceRequest,
) (*ack.DescribeClusterAddonInstanceResponse, error) {
	instance, err := instanceOf(w, in.ClusterID, in.ComponentID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterAddonInstanceResponse{AddonInstance: instance}, nil
}
