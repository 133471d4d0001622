package world

import (
	"slices"
	"time"
	_ "time/tzdata" // for machines without time zones

	"github.com/ackgen/ackgen/sdk/ack"
)

// An InspectConfig says when a cluster is inspected regularly.
type InspectConfig struct {
	Enabled      bool
	Recurrence   string // a rule of RFC 5545
	Hour, Minute int    // that the rule says, in the time zone of the cluster
	Disabled     []string
	Task         string // id of the one that waits for the next inspection
}

// An InspectReport is what an inspection has found, or will.
type InspectReport struct {
	ack.InspectReport

	TaskID   string
	Token    string // of the request
	Findings []Finding
}

// A Finding is what one check of an inspection has found.
type Finding struct {
	Check   string // key of InspectChecks
	Result  ack.InspectOutcome
	Targets []string
}

// Inspect starts an inspection, which makes a report.
func (w *World) Inspect(c *Cluster, token string) *InspectReport {
	r := &InspectReport{Token: token}
	r.ReportID, r.Status, r.StartTime = w.NewHexID("", 32), ack.InspectReportStatusCreated, w.Now()
	c.InspectReports.Put(r.ReportID, r)
	dropOld(&c.InspectReports)
	task := w.Start(inspectCluster, &Task{ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: r.ReportID, Type: "inspection"}})
	r.TaskID = task.ID
	return r
}

// InspectReport returns the report of an id, or the fault that there is none.
func (c *Cluster) InspectReport(id string) (*InspectReport, error) {
	if r := c.InspectReports.Get(id); r != nil {
		return r, nil
	}
	return nil, NotFound("report", id)
}

func inspectingCluster() *Kind {
	with := func(f func(*World, *Cluster, *InspectReport)) func(*World, *Task) {
		return func(w *World, t *Task) {
			if c := w.Clusters.Get(t.ClusterID); c != nil {
				if r := c.InspectReports.Get(t.Target.ID); r != nil {
					f(w, c, r)
				}
			}
		}
	}
	run := with(func(_ *World, _ *Cluster, r *InspectReport) { r.Status = ack.InspectReportStatusRunning })
	return &Kind{
		Type:   "cluster_inspect",
		Stages: []Stage{{Name: "create", After: 5 * time.Second}, {Name: "inspect", After: time.Minute}},
		Enter:  func(w *World, t *Task, _ string) { run(w, t) },
		Finish: with(func(w *World, c *Cluster, r *InspectReport) {
			r.Status, r.EndTime = ack.InspectReportStatusCompleted, w.Now()
			r.Findings = w.inspect(c)
			r.Summary = summary(r.Findings)
		}),
		Fail: with(func(w *World, _ *Cluster, r *InspectReport) {
			r.Status, r.EndTime = ack.InspectReportStatusFailed, w.Now()
		}),
	}
}

// inspect makes all checks of an inspection that are not switched off.
func (w *World) inspect(c *Cluster) []Finding {
	findings := make([]Finding, 0, len(inspectChecks))
	for _, check := range inspectChecks {
		if c.InspectConfig != nil && slices.Contains(c.InspectConfig.Disabled, check.UID) {
			findings = append(findings, Finding{Check: check.UID, Result: ack.InspectOutcomeDisable})
			continue
		}
		all, bad := check.look(w, c)
		found := Finding{Check: check.UID, Result: ack.InspectOutcomeFalse, Targets: all}
		if len(bad) > 0 {
			found.Result, found.Targets = ack.InspectOutcomeTrue, bad
		}
		findings = append(findings, found)
	}
	return findings
}

// summary counts findings. The service has one count for both of the highest levels.
func summary(findings []Finding) ack.InspectSummary {
	var s ack.InspectSummary
	for _, f := range findings {
		if f.Result == ack.InspectOutcomeFalse {
			s.NormalCount++
		}
		if f.Result != ack.InspectOutcomeTrue {
			continue
		}
		switch InspectCheckOf(f.Check).Level {
		case ack.InspectLevelAdvice:
			s.AdviceCount++
		case ack.InspectLevelWarning:
			s.WarnCount++
		default:
			s.ErrorCount++
		}
	}
	switch {
	case s.ErrorCount > 0:
		s.Code = "error"
	case s.WarnCount > 0:
		s.Code = "warning"
	case s.AdviceCount > 0:
		s.Code = "advice"
	default:
		s.Code = "normal"
	}
	return s
}

// SetInspectConfig replaces the configuration of regular inspections; nil is none.
func (w *World) SetInspectConfig(c *Cluster, config *InspectConfig) {
	if c.InspectConfig != nil {
		if waiting := w.Tasks.Get(c.InspectConfig.Task); waiting != nil && waiting.State == TaskRunning {
			w.end(waiting, TaskCanceled, nil)
		}
	}
	c.InspectConfig = config
	if config != nil && config.Enabled {
		w.awaitInspection(c)
	}
}

// awaitInspection starts to wait for the next inspection.
func (w *World) awaitInspection(c *Cluster) {
	config, now := c.InspectConfig, w.Now().In(c.location())
	next := time.Date(now.Year(), now.Month(), now.Day(), config.Hour, config.Minute, 0, 0, now.Location())
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	t := w.Start(awaitInspection, &Task{
		Hidden: true, ClusterID: c.ClusterID, Target: ack.TaskTarget{Type: "inspection"}, Delay: next.Sub(now),
	})
	config.Task = t.ID
}

// location returns the time zone of a cluster, which is UTC where its name is none.
func (c *Cluster) location() *time.Location {
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// awaitingInspection starts an inspection every day.
func awaitingInspection() *Kind {
	daily := func(w *World, t *Task) {
		if c := w.Clusters.Get(t.ClusterID); c != nil && c.InspectConfig != nil {
			w.Inspect(c, "")
			w.awaitInspection(c)
		}
	}
	return &Kind{Type: "cluster_inspect_daily", Stages: []Stage{{Name: "wait", After: 24 * time.Hour}}, Finish: daily, Fail: daily}
}
