package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// A place is where add-ons are to run, as far as that decides which ones there are.
type place struct {
	kind       catalog.Kind
	kubernetes string
}

func placeOf(c *world.Cluster) place { return place{kind: c.Kind(), kubernetes: c.CurrentVersion} }

// A plan is what a request says of a cluster that is still to be created.
type plan struct {
	region  *string
	typ     *ack.ClusterType
	profile *ack.ClusterProfile
	spec    *ack.ClusterSpec
	version *string
}

// placeFor returns the place that a request names: a cluster that there is, or all of a plan.
func placeFor(w *world.World, clusterID *string, p plan) (place, error) {
	if clusterID != nil && *clusterID != "" {
		c, err := w.Cluster(*clusterID)
		if err != nil {
			return place{}, err
		}
		return placeOf(c), nil
	}
	switch {
	case p.region == nil:
		return place{}, world.Missing("region_id")
	case p.typ == nil:
		return place{}, world.Missing("cluster_type")
	case p.profile == nil:
		return place{}, world.Missing("profile")
	case p.spec == nil:
		return place{}, world.Missing("cluster_spec")
	case p.version == nil:
		return place{}, world.Missing("cluster_version")
	}
	return place{kind: catalog.KindOf(*p.typ, *p.profile, *p.spec), kubernetes: *p.version}, nil
}

// find returns the add-on of a name and the version that is asked for, which is the newest one unless a request names another.
func (p place) find(name string, version *string) (*catalog.Addon, string, error) {
	offer := catalog.Find(name)
	if offer == nil || !offer.Suits(p.kind, p.kubernetes) {
		return nil, "", world.AddonNotFound(name)
	}
	if version == nil || *version == "" {
		return offer, offer.Newest(p.kubernetes), nil
	}
	if !offer.Has(*version, p.kubernetes) {
		return nil, "", world.Invalid("The add-on %s has no version %s for such a cluster.", name, *version)
	}
	return offer, *version, nil
}

// describe returns an add-on on offer as the service describes it.
func (p place) describe(offer *catalog.Addon, version string) ack.Addon {
	required := offer.Required&p.kind != 0
	actions := []ack.AddonAction{ack.AddonActionUpgrade, ack.AddonActionModify}
	if !required {
		actions = []ack.AddonAction{ack.AddonActionInstall, ack.AddonActionUpgrade, ack.AddonActionModify, ack.AddonActionUninstall}
	}
	return ack.Addon{
		Name: offer.Name, Version: version, Category: offer.Category, Managed: offer.Managed,
		InstallByDefault: required || offer.Default&p.kind != 0,
		Architecture:     []ack.NodeArch{ack.NodeArchAMD64, ack.NodeArchARM64},
		SupportedActions: actions, ConfigSchema: offer.Schema(), NewerVersions: offer.Newer(version, p.kubernetes),
	}
}
