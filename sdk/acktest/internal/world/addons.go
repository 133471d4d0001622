package world

import (
	"encoding/json"
	"net/http"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/roa"
)

// An Addon is an add-on that a cluster has, from the start of its installation to the end of its removal.
type Addon struct {
	ack.AddonInstance

	// Task is the id of the task that installed or upgraded it last, empty for one that the cluster was created with.
	Task string
	// Next is the version that an upgrade brings.
	Next string
	// NextConfig is the configuration that a change brings; nil keeps the one that there is.
	NextConfig *roa.Secret
	// Leaves says that its cloud resources stay when it is removed.
	Leaves bool
}

// AddonNotFound is the fault of an add-on that a cluster does not have, or that there is not.
func AddonNotFound(name string) error {
	return fault.New(http.StatusNotFound, string(ack.CodeAddonNotFound), "The add-on %s is not found.", name)
}

// Kind returns the kind of the cluster, as far as add-ons tell them apart.
func (c *Cluster) Kind() catalog.Kind { return catalog.KindOf(c.ClusterType, c.Profile, c.ClusterSpec) }

// Addon returns the add-on of a name, or the fault that the cluster does not have it.
func (c *Cluster) Addon(name string) (*Addon, error) {
	if offer := catalog.Find(name); offer != nil {
		if a := c.Addons.Get(offer.Name); a != nil {
			return a, nil
		}
	}
	return nil, AddonNotFound(name)
}

// NewAddon returns an add-on of the version and with the configuration that a request asks for, or the fault why the cluster
// cannot have it. The cluster does not have it yet.
func (c *Cluster) NewAddon(name string, version *string, config *roa.Secret) (*Addon, error) {
	offer := catalog.Find(name)
	switch {
	case offer == nil:
		return nil, AddonNotFound(name)
	case !offer.Suits(c.Kind(), c.CurrentVersion):
		return nil, Invalid("The cluster cannot have the add-on %s.", name)
	}
	a := &Addon{AddonInstance: ack.AddonInstance{
		Name: offer.Name, Version: offer.Newest(c.CurrentVersion), State: ack.AddonStateInitial,
	}}
	if version != nil && *version != "" {
		if !offer.Has(*version, c.CurrentVersion) {
			return nil, Invalid("The cluster cannot have the version %s of the add-on %s.", *version, name)
		}
		a.Version = *version
	}
	if err := CheckAddonConfig(offer, config); err != nil {
		return nil, err
	}
	if config != nil {
		a.Config = *config
	}
	return a, nil
}

// CheckAddonConfig returns the fault of a configuration that an add-on does not take. None, or an empty one, is right.
func CheckAddonConfig(offer *catalog.Addon, config *roa.Secret) error {
	if config == nil || config.Reveal() == "" {
		return nil
	}
	if err := offer.Check(config.Reveal()); err != nil {
		return Invalid("The add-on %s does not take its configuration: %s.", offer.Name, err)
	}
	return nil
}

// HasSlot reports whether the cluster has another add-on that serves the same purpose as one, and only one can.
func (c *Cluster) HasSlot(offer *catalog.Addon) bool {
	return offer.Slot != "" && c.Addons.Find(func(a *Addon) bool {
		return a.Name != offer.Name && catalog.Find(a.Name).Slot == offer.Slot
	}) != nil
}

// AddAddons gives a cluster that does not exist yet the add-ons that a request asks for, and those that such a cluster gets
// without being asked. Its type, profile, edition and version are known already. They are installed while it is created.
func (c *Cluster) AddAddons(wanted []ack.ClusterAddon) error {
	disabled := make(map[string]bool)
	for _, item := range wanted {
		offer := catalog.Find(item.Name)
		if offer == nil || item.Disabled == nil || !*item.Disabled {
			if err := c.addAddon(item); err != nil {
				return err
			}
			continue
		}
		if offer.Required&c.Kind() != 0 {
			return Invalid("The cluster cannot be without the add-on %s.", item.Name)
		}
		disabled[offer.Name] = true
	}
	for _, offer := range catalog.Addons(c.Kind(), c.CurrentVersion) {
		usual := (offer.Required|offer.Default)&c.Kind() != 0
		if !usual || disabled[offer.Name] || c.Addons.Get(offer.Name) != nil || c.HasSlot(offer) {
			continue
		}
		if err := c.addAddon(ack.ClusterAddon{Name: offer.Name}); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cluster) addAddon(item ack.ClusterAddon) error {
	a, err := c.NewAddon(item.Name, item.Version, item.Config)
	switch {
	case err != nil:
		return err
	case c.Addons.Get(a.Name) != nil:
		return Invalid("The add-on %s is named twice.", item.Name)
	case c.HasSlot(catalog.Find(a.Name)):
		return Invalid("The add-on %s does not go with another one that is to be installed.", item.Name)
	}
	c.Addons.Put(a.Name, a)
	return nil
}

// addRequired gives a cluster whose edition has changed the add-ons that it cannot do without from now on.
func (c *Cluster) addRequired() {
	for _, offer := range catalog.Addons(c.Kind(), c.CurrentVersion) {
		if offer.Required&c.Kind() != 0 && c.Addons.Get(offer.Name) == nil {
			c.Addons.Put(offer.Name, &Addon{AddonInstance: ack.AddonInstance{
				Name: offer.Name, Version: offer.Newest(c.CurrentVersion), State: ack.AddonStateActive,
			}})
		}
	}
}

// configure sets parameters of an add-on at once, and leaves the others.
func (a *Addon) configure(parameters []ack.ControlPlaneParameter) {
	config := make(map[string]json.RawMessage)
	_ = json.Unmarshal([]byte(a.Config.Reveal()), &config) // It was checked, or is empty.
	for _, p := range parameters {
		var value roa.Secret
		assign(&value, p.Value)
		config[*p.Key], _ = json.Marshal(value.Reveal()) // A text cannot fail.
	}
	text, _ := json.Marshal(config) // Texts that were read cannot fail.
	a.Config = roa.Secret(text)
}

// setAddons sets the state of the add-ons that a cluster is created with.
func (w *World) setAddons(clusterID string, state ack.AddonState) {
	c := w.Clusters.Get(clusterID)
	if c == nil {
		return
	}
	for _, a := range c.Addons.All() {
		a.State = state
	}
}

// DescribeAddon returns an add-on as the service describes it.
func (c *Cluster) DescribeAddon(a *Addon) ack.AddonInstance {
	out, offer := a.AddonInstance, catalog.Find(a.Name)
	if offer.Versions == nil {
		out.Version = offer.Newest(c.CurrentVersion)
	}
	if offer.Logs {
		out.Logging = logging(a)
	}
	return out
}

// logging tells where the logs of an add-on go. That the Logstore has the name of the add-on is made up: no source tells.
func logging(a *Addon) ack.AddonLogging {
	var config map[string]any
	_ = json.Unmarshal([]byte(a.Config.Reveal()), &config) // It was checked, or is empty.
	project, _ := config[catalog.LogProject].(string)
	if project == "" {
		return ack.AddonLogging{Capable: true}
	}
	return ack.AddonLogging{Capable: true, Enabled: true, LogProject: project, Logstore: a.Name}
}
