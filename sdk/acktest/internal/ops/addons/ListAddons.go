package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListAddons returns the add-ons that a cluster can have, each in the newest version that it can run.
func ListAddons(w *world.World, in *ack.ListAddonsRequest) (*ack.ListAddonsResponse, error) {
	p, err := placeFor(w, in.ClusterID, plan{in.RegionID, in.ClusterType, in.Profile, in.ClusterSpec, in.ClusterVersion})
	if err != nil {
		return nil, err
	}
	out := &ack.ListAddonsResponse{}
	for _, offer := range catalog.Addons(p.kind, p.kubernetes) {
		out.Addons = append(out.Addons, p.describe(offer, offer.Newest(p.kubernetes)))
	}
	return out, nil
}
