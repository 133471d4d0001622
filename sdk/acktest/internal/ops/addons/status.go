package addons

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// versionOf tells which version of an add-on a cluster has and can have. A cluster that does not have the add-on can have its
// newest version, as in responses that were seen.
func versionOf(c *world.Cluster, offer *catalog.Addon) (ack.AddonVersion, error) {
	value, err := settings(offer, c.Addons.Get(offer.Name))
	if err != nil {
		return ack.AddonVersion{}, err
	}
	newest := offer.Newest(c.CurrentVersion)
	v := ack.AddonVersion{
		ComponentName: offer.Name, NextVersion: newest, CanUpgrade: true, Message: offer.Description, Policy: ack.AddonVersionPolicyOverwrite,
		Changed: ack.AddonVersionChangedUnknown, Exist: true, Required: offer.Required&c.Kind() != 0, Value: roa.Secret(value),
	}
	a := c.Addons.Get(offer.Name)
	if a == nil {
		return v, nil
	}
	v.Version, v.Changed = c.DescribeAddon(a).Version, ack.AddonVersionChangedFalse
	v.CanUpgrade = offer.CanUpgrade(v.Version, newest, c.CurrentVersion)
	if !v.CanUpgrade {
		v.NextVersion = ""
	}
	v.ReadyToUpgrade = strconv.FormatBool(v.CanUpgrade && c.State == ack.ClusterStateRunning && a.State == ack.AddonStateActive)
	return v, nil
}

// settings returns the configuration of an add-on over its defaults, as YAML.
func settings(offer *catalog.Addon, a *world.Addon) (string, error) {
	all := make(map[string]json.RawMessage)
	for _, text := range []string{offer.Defaults(), config(a)} {
		var values map[string]json.RawMessage
		if err := json.Unmarshal([]byte(text), &values); err != nil {
			return "", fmt.Errorf("settings of %s: not a JSON object", offer.Name)
		}
		maps.Copy(all, values)
	}
	text, _ := json.Marshal(all) // Texts that were read cannot fail.
	return behavior.YAML(string(text))
}

// config returns the configuration of an add-on as JSON.
func config(a *world.Addon) string {
	if a == nil || a.Config.Reveal() == "" {
		return "{}"
	}
	return a.Config.Reveal()
}

// upgradeStatus tells how the last upgrade of an add-on stands. One that is not installed has an empty version, also if there is
// none of the name, as in responses that were seen. Those tell no more of the add-on itself than whether it is ready.
func upgradeStatus(w *world.World, c *world.Cluster, name string) (ack.AddonUpgradeStatus, error) {
	offer := catalog.Find(name)
	if offer == nil {
		return ack.AddonUpgradeStatus{AddonInfo: ack.AddonVersion{ComponentName: name}}, nil
	}
	info, err := versionOf(c, offer)
	if err != nil {
		return ack.AddonUpgradeStatus{}, err
	}
	status := ack.AddonUpgradeStatus{
		AddonInfo:  ack.AddonVersion{ComponentName: info.ComponentName, Version: info.Version, ReadyToUpgrade: info.ReadyToUpgrade},
		CanUpgrade: info.CanUpgrade,
	}
	if a := c.Addons.Get(offer.Name); a != nil {
		status.Tasks = upgradeTask(w.Tasks.Get(a.Task))
	}
	return status, nil
}

// upgradeTask tells of a task as of an upgrade. There may be none, or no longer.
func upgradeTask(t *world.Task) ack.AddonUpgradeTask {
	if t == nil {
		return ack.AddonUpgradeTask{}
	}
	out := ack.AddonUpgradeTask{CreatedAt: t.Created, IsCanceled: t.State == world.TaskCanceled}
	switch t.State {
	case world.TaskSuccess:
		out.Status, out.FinishedAt = ack.AddonUpgradeStateSuccess, t.Updated
	case world.TaskFailed:
		out.Status, out.FinishedAt = ack.AddonUpgradeStateFailed, t.Updated
	case world.TaskCanceled:
		out.Status, out.FinishedAt = ack.AddonUpgradeStateCanceled, t.Updated
	case world.TaskPaused:
		out.Status = ack.AddonUpgradeStatePaused
	default:
		out.Status = ack.AddonUpgradeStateRunning // of an installation
		if t.IsAddonUpgrade() {
			out.Status = ack.AddonUpgradeStateUpgrading
		}
	}
	return out
}
