package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetClusterAddonInstance returns one add-on of a cluster.
func GetClusterAddonInstance(w *world.World, in *ack.GetClusterAddonInstanceRequest) (*ack.GetClusterAddonInstanceResponse, error) {
	instance, err := instanceOf(w, in.ClusterID, in.InstanceName)
	if err != nil {
		return nil, err
	}
	return &ack.GetClusterAddonInstanceResponse{AddonInstance: instance}, nil
}

func instanceOf(w *world.World, clusterID, name string) (ack.AddonInstance, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return ack.AddonInstance{}, err
	}
	a, err := c.Addon(name)
	if err != nil {
		return ack.AddonInstance{}, err
	}
	return c.DescribeAddon(a), nil
}
