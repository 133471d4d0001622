package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpgradeClusterAddons starts to upgrade add-ons, with a canary if one of them asks for it. The default is overwrite: no source
// tells.
func UpgradeClusterAddons(w *world.World, in *ack.UpgradeClusterAddonsRequest) (*ack.UpgradeClusterAddonsResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	var names []string
	canary := false
	taken := make(taken)
	for _, item := range in.Items {
		a, err := upgradable(c, item)
		if err != nil {
			return nil, err
		}
		if err := taken.take(a.Name, ""); err != nil {
			return nil, err
		}
		names = append(names, a.Name)
		canary = canary || behavior.Value(item.Policy) == ack.AddonUpgradePolicyCanary
	}
	if len(names) == 0 {
		return nil, world.Invalid("The request names no add-on.")
	}
	for i, name := range names {
		a := c.Addons.Get(name)
		a.Next, a.NextConfig = in.Items[i].NextVersion, in.Items[i].Config
	}
	return &ack.UpgradeClusterAddonsResponse{TaskReference: reference(w.UpgradeAddons(c, names, canary))}, nil
}

// upgradable returns the add-on of an item, or the fault why it cannot be upgraded as the item says.
func upgradable(c *world.Cluster, item ack.AddonUpgrade) (*world.Addon, error) {
	a, err := settled(c, item.ComponentName)
	if err != nil {
		return nil, err
	}
	offer, present := catalog.Find(a.Name), c.DescribeAddon(a).Version
	switch policy := behavior.Value(item.Policy); {
	case policy != "" && policy != ack.AddonUpgradePolicyOverwrite && policy != ack.AddonUpgradePolicyCanary:
		return nil, world.Invalid("The policy of the upgrade of %s is unknown.", a.Name)
	case behavior.Value(item.Version) != "" && *item.Version != present:
		return nil, world.Conflict("The add-on %s has the version %s.", a.Name, present)
	case !offer.CanUpgrade(present, item.NextVersion, c.CurrentVersion):
		return nil, world.Invalid("The add-on %s cannot be upgraded from %s to %s.", a.Name, present, item.NextVersion)
	}
	return a, world.CheckAddonConfig(offer, item.Config)
}
