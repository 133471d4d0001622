package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// InstallClusterAddons starts to install add-ons. The fields disabled and required are of a time before this operation, and have
// no effect. No source tells what a second installation does: it is refused, unless the first one failed.
func InstallClusterAddons(w *world.World, in *ack.InstallClusterAddonsRequest) (*ack.InstallClusterAddonsResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	var list []*world.Addon
	taken := make(taken)
	for _, item := range in.Items {
		a, err := c.NewAddon(item.Name, item.Version, item.Config)
		if err != nil {
			return nil, err
		}
		offer := catalog.Find(a.Name)
		if installed := c.Addons.Get(a.Name); installed != nil && installed.State != ack.AddonStateFailed {
			return nil, world.Conflict("The cluster has the add-on %s already.", a.Name)
		}
		if c.HasSlot(offer) {
			return nil, world.Conflict("The add-on %s does not go with another one of the cluster.", a.Name)
		}
		if err := taken.take(a.Name, offer.Slot); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		return nil, world.Invalid("The request names no add-on.")
	}
	return &ack.InstallClusterAddonsResponse{TaskReference: reference(w.InstallAddons(c, list))}, nil
}
