package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeAddon returns an add-on that a cluster can have, in one of its versions.
func DescribeAddon(w *world.World, in *ack.DescribeAddonRequest) (*ack.DescribeAddonResponse, error) {
	p, err := placeFor(w, in.ClusterID, plan{in.RegionID, in.ClusterType, in.Profile, in.ClusterSpec, in.ClusterVersion})
	if err != nil {
		return nil, err
	}
	offer, version, err := p.find(in.AddonName, in.Version)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeAddonResponse{Addon: p.describe(offer, version)}, nil
}
