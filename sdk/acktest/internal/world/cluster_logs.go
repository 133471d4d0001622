package world

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// An AuditLog is whether the audit log of an API server is collected, and where.
type AuditLog struct {
	Enabled bool
	Project string
}

// A ControlPlaneLog is which logs of a control plane are collected, where, and for how many days they are kept.
type ControlPlaneLog struct {
	Components []string
	Project    string
	Days       string
}

// DefaultLogDays is for how many days logs are kept unless the request says otherwise.
const DefaultLogDays = "30"

// LogProject returns the log project that a cluster has unless the request names another one.
func (c *Cluster) LogProject() string { return "k8s-log-" + c.ClusterID }

// CheckLogDays returns the fault of a text that says for how many days logs are kept.
func CheckLogDays(text string) error {
	if n, err := strconv.Atoi(text); err != nil || n < 1 || n > 3000 {
		return Invalid("Logs are kept for 1 to 3000 days.")
	}
	return nil
}

// completeLogs gives the logs of a new cluster what its request left open, and notes the log project as one of its resources.
func (w *World) completeLogs(c *Cluster) {
	log := &c.ControlPlaneLog
	if !c.IsManaged() {
		*log = ControlPlaneLog{}
	} else {
		log.Project, log.Days = cmp.Or(log.Project, c.LogProject()), cmp.Or(log.Days, DefaultLogDays)
		if log.Components == nil {
			log.Components = []string{"apiserver", "kcm", "scheduler"}
		}
	}
	c.AuditLog.Project = cmp.Or(c.AuditLog.Project, c.LogProject())
	if !c.IsRegistered() {
		project := ack.ClusterResource{InstanceID: c.LogProject(), ResourceType: "ALIYUN::SLS::Project", ExtraInfo: map[string]any{"type": "SLS_Data"}}
		w.addResource(c, project, "k8s_log_project")
	}
}

// SetAuditLog starts to change where the audit log of a cluster goes.
func (w *World) SetAuditLog(c *Cluster, log AuditLog) *Task {
	return w.Start(setAuditLog, &Task{ClusterID: c.ClusterID, Change: &Change{AuditLog: &log}})
}

// SetControlPlaneLog starts to change which logs of a control plane are collected.
func (w *World) SetControlPlaneLog(c *Cluster, log ControlPlaneLog) *Task {
	return w.Start(setControlPlaneLog, &Task{ClusterID: c.ClusterID, Change: &Change{ControlPlaneLog: &log}})
}

// maxLog is how many lines the log of a cluster has at least, once there were so many.
const maxLog = 200

// note adds a line to the log of a cluster.
func (w *World) note(c *Cluster, text string) {
	w.LastLog++
	at := w.Now().Format(time.RFC3339)
	c.Log = append(c.Log, ack.ClusterLog{ID: w.LastLog, ClusterID: c.ClusterID, ClusterLog: text, LogLevel: "INFO", Created: at, Updated: at})
	if len(c.Log) == 2*maxLog {
		c.Log = slices.Clone(c.Log[maxLog:])
	}
}
