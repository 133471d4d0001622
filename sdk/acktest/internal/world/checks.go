package world

import (
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Check is a check of whether a cluster is ready for a change.
type Check struct {
	ack.ClusterCheck

	Target  string // id of a node pool
	Version string // of Kubernetes to upgrade to
}

// checkRunning is the state of a check before it ends. No source tells how the service calls it.
const checkRunning ack.ClusterCheckStatus = "Running"

// RunCheck starts a check.
func (w *World) RunCheck(c *Cluster, check *Check) {
	check.CheckID = fmt.Sprintf("%d-%s-clustercheck-%s", w.Now().UnixNano(), c.ClusterID, w.NewID("", 5))
	check.Status, check.Message, check.CreatedAt = checkRunning, "task running", w.Now()
	c.Checks.Put(check.CheckID, check)
	dropOld(&c.Checks)
	w.Start(checkCluster, &Task{Hidden: true, ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: check.CheckID, Type: "check"}})
}

// Check returns the check of an id, or the fault that there is none.
func (c *Cluster) Check(id string) (*Check, error) {
	if check := c.Checks.Get(id); check != nil {
		return check, nil
	}
	return nil, NotFound("check", id)
}

func checkingCluster() *Kind {
	end := func(w *World, t *Task, f func(*Cluster, *Check)) {
		if c := w.Clusters.Get(t.ClusterID); c != nil {
			if check := c.Checks.Get(t.Target.ID); check != nil {
				check.FinishedAt = w.Now()
				f(c, check)
			}
		}
	}
	return &Kind{
		Type:   "cluster_check",
		Stages: []Stage{{Name: "check", After: 16 * time.Second}},
		Finish: func(w *World, t *Task) {
			end(w, t, func(c *Cluster, check *Check) {
				check.Status, check.Message, check.CheckItems = ack.ClusterCheckStatusSucceeded, "task succeed", w.checkItems(c, check)
			})
		},
		Fail: func(w *World, t *Task) {
			end(w, t, func(_ *Cluster, check *Check) {
				check.Status, check.Message = ack.ClusterCheckStatusFailed, t.Failure.Message
			})
		},
	}
}

// checkItems looks at what the change needs. The keys are those of the sample of the service.
func (w *World) checkItems(c *Cluster, check *Check) map[string][]map[string]any {
	items := make(map[string][]map[string]any)
	look := func(group, problem string, p probe) {
		all, bad := p(w, c)
		level, message, targets := "normal", "", all
		if len(bad) > 0 {
			level, message, targets = "error", problem, bad
		}
		items[group] = append(items[group], map[string]any{
			"Group": group, "Level": map[string]any{level: map[string]any{"Message": message, "Targets": targetList(targets)}},
		})
	}
	look("ClusterResource", "The cluster is not running.", probeCluster(func(_ *World, c *Cluster) bool { return c.State != ack.ClusterStateRunning }))
	if check.Version != "" {
		look("ClusterVersion", "The cluster cannot be upgraded to this version.", probeCluster(func(_ *World, c *Cluster) bool {
			return c.NextVersion != check.Version
		}))
	}
	look("Node", "The node is not ready.", func(w *World, c *Cluster) (all, bad []string) {
		return probeNodes(func(n *Node) bool { return isUnready(n) && (check.Target == "" || check.Target == n.NodePoolID) })(w, c)
	})
	return items
}

func targetList(names []string) []any {
	list := make([]any, len(names))
	for i, name := range names {
		list[i] = map[string]any{"Target": name}
	}
	return list
}
