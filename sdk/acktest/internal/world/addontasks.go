package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// InstallAddons starts to install add-ons that a cluster does not have, or whose installation has failed.
func (w *World) InstallAddons(c *Cluster, addons []*Addon) *Task {
	names := make([]string, len(addons))
	for i, a := range addons {
		c.Addons.Put(a.Name, a)
		names[i] = a.Name
	}
	return w.startAddons(installAddons, c, names)
}

// UpgradeAddons starts to bring add-ons to the versions that are next in their rows. A canary tries them on a part first.
func (w *World) UpgradeAddons(c *Cluster, names []string, canary bool) *Task {
	if canary {
		return w.startAddons(upgradeAddonsCanary, c, names)
	}
	return w.startAddons(upgradeAddons, c, names)
}

// ModifyAddon starts to bring an add-on to the configuration that is next in its row.
func (w *World) ModifyAddon(c *Cluster, name string) *Task {
	return w.startAddons(modifyAddon, c, []string{name})
}

// UninstallAddons starts to remove add-ons.
func (w *World) UninstallAddons(c *Cluster, names []string) *Task {
	return w.startAddons(uninstallAddons, c, names)
}

// IsAddonUpgrade reports whether a task upgrades add-ons.
func (t *Task) IsAddonUpgrade() bool { return t.Kind == upgradeAddons || t.Kind == upgradeAddonsCanary }

func (w *World) startAddons(kind string, c *Cluster, names []string) *Task {
	t := &Task{ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}, Names: names}
	for _, name := range names {
		t.Results = append(t.Results, ack.TaskResult{Data: name, Status: ack.TaskResultStatusInitial})
	}
	return w.Start(kind, t)
}

// addons returns the function of a kind that changes each add-on of the task. They are there as long as a task is under way.
func addons(change func(*Task, *Addon)) func(*World, *Task) {
	return func(w *World, t *Task) {
		c := w.Clusters.Get(t.ClusterID)
		for _, name := range t.Names {
			change(t, c.Addons.Get(name))
		}
	}
}

// addonsTo is addons where only the state changes.
func addonsTo(state ack.AddonState) func(*World, *Task) {
	return addons(func(_ *Task, a *Addon) { a.State = state })
}

// addonsEnd is addons for the end of a task. What was to come is there now, or never will be.
func addonsEnd(status ack.TaskResultStatus, change func(*Addon)) func(*World, *Task) {
	each := addons(func(_ *Task, a *Addon) {
		change(a)
		a.Next, a.NextConfig = "", nil
	})
	return func(w *World, t *Task) {
		each(w, t)
		for i := range t.Results {
			t.Results[i].Status = status
		}
	}
}

func addonsFail() func(*World, *Task) {
	return addonsEnd(ack.TaskResultStatusFailed, func(a *Addon) { a.State = ack.AddonStateFailed })
}

// takeNext makes of an add-on what a change was for.
func takeNext(a *Addon) {
	a.State = ack.AddonStateActive
	if a.Next != "" {
		a.Version = a.Next
	}
	if a.NextConfig != nil {
		a.Config = *a.NextConfig
	}
}

func installingAddons() *Kind {
	return &Kind{
		Type:   "cluster_addon_install",
		Event:  ack.EventTypeClusterAddonInstall,
		Stages: []Stage{checkAddon, {Name: "install", After: 50 * time.Second}},
		Start: addons(func(t *Task, a *Addon) {
			a.State, a.Task = ack.AddonStateInitial, t.ID
		}),
		Enter: func(w *World, t *Task, _ string) {
			addonsTo(ack.AddonStateInstalling)(w, t)
		},
		Finish: addonsEnd(ack.TaskResultStatusSuccess, takeNext),
		Fail:   addonsFail(),
	}
}

// Stages of installations and upgrades.
var (
	checkAddon   = Stage{Name: "check", After: 10 * time.Second}
	tryAddon     = Stage{Name: "canary", After: time.Minute}
	upgradeAddon = Stage{Name: "upgrade", After: 110 * time.Second}
)

func upgradingAddons(stages ...Stage) *Kind {
	return &Kind{
		Type:   "cluster_addon_upgrade",
		Event:  ack.EventTypeClusterAddonUpgrade,
		Stages: stages,
		Start: addons(func(t *Task, a *Addon) {
			a.State, a.Task = ack.AddonStateUpgrading, t.ID
		}),
		Finish: addonsEnd(ack.TaskResultStatusSuccess, takeNext),
		Fail:   addonsFail(),
		// Whether a canceled upgrade goes back is not documented: the add-on keeps the version that it had.
		Cancel: addonsEnd(ack.TaskResultStatusFailed, func(a *Addon) { a.State = ack.AddonStateActive }),
	}
}

func modifyingAddon() *Kind {
	return &Kind{
		Type:   "cluster_addon_modify",
		Event:  ack.EventTypeClusterModify, // add-ons have none of their own for it
		Stages: []Stage{{Name: "modify", After: 30 * time.Second}},
		Start:  addonsTo(ack.AddonStateUpdating),
		Finish: addonsEnd(ack.TaskResultStatusSuccess, takeNext),
		Fail:   addonsFail(),
	}
}

func uninstallingAddons() *Kind {
	return &Kind{
		Type:   "cluster_addon_uninstall",
		Event:  ack.EventTypeClusterAddonUninstall,
		Stages: []Stage{{Name: "uninstall", After: 30 * time.Second}},
		Start:  addonsTo(ack.AddonStateDeleting),
		Finish: func(w *World, t *Task) {
			addonsEnd(ack.TaskResultStatusSuccess, func(*Addon) {})(w, t)
			for _, name := range t.Names {
				c := w.Clusters.Get(t.ClusterID)
				c.leave(c.Addons.Get(name))
			}
		},
		Fail: addonsFail(),
	}
}
