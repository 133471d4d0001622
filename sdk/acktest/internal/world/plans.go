package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// maxPlans is how many plans a cluster keeps: what lists show of a region.
const maxPlans = 100

// plan makes the plan for the next automatic upgrade of a cluster, in place of one that waits for its time. There is none
// without a maintenance window in force, which Pro clusters alone have, or when the cluster has what it is to have.
func (w *World) plan(c *Cluster) {
	w.unplan(c)
	version := c.autoVersion()
	opens, closes, ok := nextWindow(c.MaintenanceWindow, w.Now())
	if version == "" || !ok || !c.IsPro() {
		return
	}
	p := &ack.OperationPlan{
		PlanID: w.NewHexID("P-", 24), Type: ack.OperationPlanTypeClusterUpgradeMaster, ClusterID: c.ClusterID,
		TargetType: "cluster", TargetID: c.ClusterID, State: ack.OperationPlanStateScheduled,
		StartTime: opens, EndTime: closes, Created: w.Now(),
	}
	c.Plans.Put(p.PlanID, p)
	for id := range c.Plans.All() {
		if c.Plans.Len() > maxPlans {
			c.Plans.Delete(id)
		}
	}
	w.Start(executePlan, &Task{ClusterID: c.ClusterID, Hidden: true, PlanID: p.PlanID, Version: version, Delay: opens.Sub(w.Now())})
}

// unplan forgets the plan that waits for its time.
func (w *World) unplan(c *Cluster) {
	for id, p := range c.Plans.All() {
		if p.State == ack.OperationPlanStateScheduled {
			w.dropPlanned(p)
			c.Plans.Delete(id)
		}
	}
}

// dropPlanned ends the task that waits for the time of a plan.
func (w *World) dropPlanned(p *ack.OperationPlan) {
	t := w.Latest(func(t *Task) bool { return t.PlanID == p.PlanID && t.Kind == executePlan && t.Active() })
	if t != nil {
		w.end(t, TaskCanceled, nil)
	}
}

// CancelPlan cancels a plan that waits for its time.
func (w *World) CancelPlan(p *ack.OperationPlan) error {
	if p.State != ack.OperationPlanStateScheduled {
		return Conflict("The operation plan %s is %s and cannot be canceled.", p.PlanID, p.State)
	}
	w.dropPlanned(p)
	p.State = ack.OperationPlanStateCanceled
	p.StateReason = ack.OperationPlanStateReason{Code: "CanceledByUser", Message: "canceled by user"}
	return nil
}

func executingPlan() *Kind {
	return &Kind{
		Stages: []Stage{{Name: "wait_for_window", After: time.Minute}}, // the task has a delay of its own
		Finish: (*World).execute,
	}
}

// execute begins the upgrade that was planned, if the cluster takes one.
func (w *World) execute(t *Task) {
	c := w.Clusters.Get(t.ClusterID)
	p := c.Plans.Get(t.PlanID)
	if c.State != ack.ClusterStateRunning {
		p.State = ack.OperationPlanStateValidatingFailed
		p.StateReason = ack.OperationPlanStateReason{Code: codeConflict, Message: "the cluster is " + string(c.State) + ", not running"}
		w.plan(c)
		return
	}
	p.State = ack.OperationPlanStateExecuting
	p.TaskID = w.upgrade(c, true, &Task{Version: t.Version, PlanID: p.PlanID}).ID
}

// autoVersion returns the version to which a cluster upgrades itself next, empty if it does not.
func (c *Cluster) autoVersion() string {
	policy := c.OperationPolicy.ClusterAutoUpgrade
	if policy == nil || policy.Enabled == nil || !*policy.Enabled || c.IsRegistered() {
		return ""
	}
	channel := ack.ClusterAutoUpgradeChannelPatch
	assign(&channel, policy.Channel)
	next := ""
	for _, name := range UpgradableVersions(c.CurrentVersion) {
		if follows(channel, c.CurrentVersion, name) {
			next = name
		}
	}
	return next
}

// follows reports whether a channel takes a cluster from one version to another.
func follows(channel ack.ClusterAutoUpgradeChannel, from, to string) bool {
	step, _ := minorsApart(from, to)
	behind, _ := minorsApart(to, NewestVersion().Name)
	switch channel {
	case ack.ClusterAutoUpgradeChannelRapid:
		return true
	case ack.ClusterAutoUpgradeChannelStable:
		return step == 0 || behind >= 1
	}
	return step == 0
}
