package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UnInstallClusterAddons starts to remove add-ons. Their cloud resources go with them unless a request says otherwise: no source
// tells what is usual.
func UnInstallClusterAddons(w *world.World, in *ack.UnInstallClusterAddonsRequest) (*ack.UnInstallClusterAddonsResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	var names []string
	taken := make(taken)
	for _, item := range in.Items {
		a, err := settled(c, item.Name)
		if err != nil {
			return nil, err
		}
		if catalog.Find(a.Name).Required&c.Kind() != 0 {
			return nil, world.Invalid("The cluster cannot be without the add-on %s.", a.Name)
		}
		if err := taken.take(a.Name, ""); err != nil {
			return nil, err
		}
		names = append(names, a.Name)
	}
	if len(names) == 0 {
		return nil, world.Invalid("The request names no add-on.")
	}
	for i, name := range names {
		c.Addons.Get(name).Leaves = !behavior.ValueOr(in.Items[i].CleanupCloudResources, true)
	}
	return &ack.UnInstallClusterAddonsResponse{TaskReference: reference(w.UninstallAddons(c, names))}, nil
}
