package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// ListClusterAddonInstances returns the add-ons of a cluster without their configurations, which only the operations on one
// add-on tell.
func ListClusterAddonInstances(w *world.World, in *ack.ListClusterAddonInstancesRequest) (*ack.ListClusterAddonInstancesResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	out := &ack.ListClusterAddonInstancesResponse{}
	for _, a := range c.Addons.All() {
		instance := c.DescribeAddon(a)
		instance.Config, instance.Logging = roa.Secret(""), ack.AddonLogging{}
		out.Addons = append(out.Addons, instance)
	}
	return out, nil
}
