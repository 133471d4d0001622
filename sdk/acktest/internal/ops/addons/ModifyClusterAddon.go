package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyClusterAddon starts to replace the configuration of an add-on. What becomes of keys that are left out is not documented:
// they go.
func ModifyClusterAddon(w *world.World, in *ack.ModifyClusterAddonRequest) (*ack.ModifyClusterAddonResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	a, err := settled(c, in.ComponentID)
	if err != nil {
		return nil, err
	}
	if in.Config == nil {
		return nil, world.Missing("config")
	}
	if err := world.CheckAddonConfig(catalog.Find(a.Name), in.Config); err != nil {
		return nil, err
	}
	a.NextConfig = in.Config
	w.ModifyAddon(c, a.Name)
	return &ack.ModifyClusterAddonResponse{}, nil
}
