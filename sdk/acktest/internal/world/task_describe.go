package world

import (
	"cmp"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Task returns the task of an id that the service tells of, or the fault that there is none.
func (w *World) Task(id string) (*Task, error) {
	if t := w.Tasks.Get(id); t != nil && !t.Hidden {
		return t, nil
	}
	return nil, NotFound("task", id)
}

// Latest returns the latest task that suits, or nil.
func (w *World) Latest(suits func(*Task) bool) *Task {
	var latest *Task
	for _, t := range w.Tasks.All() {
		if suits(t) {
			latest = t
		}
	}
	return latest
}

// Brief returns what lists tell of a task.
func (t *Task) Brief() ack.Task {
	out := ack.Task{TaskID: t.ID, State: t.State, TaskType: t.Type, Created: t.Created, Updated: t.Updated}
	if t.State == TaskFailed {
		out.Error = ack.TaskError{Code: t.Failure.Code, Message: t.Failure.Message}
	}
	return out
}

// Describe returns a task as the service describes it.
func (t *Task) Describe() ack.Task {
	out := t.Brief()
	out.ClusterID, out.CurrentStage, out.Target, out.TaskResult = t.ClusterID, t.Stage(), t.target(), t.Results
	out.Parameters = t.parameters()
	for _, s := range t.Stages {
		out.Stages = append(out.Stages, ack.TaskStage{State: string(s.State), Message: s.Name, StartTime: wallTime(s.Start), EndTime: wallTime(s.End)})
		out.Events = append(out.Events, ack.TaskEvent{
			Action: "start", Level: "Normal", Reason: s.Name, Message: "start of the stage " + s.Name, Source: "ACK",
			Timestamp: strconv.FormatInt(s.Start.UnixMilli(), 10),
		})
	}
	return out
}

// wallTime is how the service writes the times of stages, without a time zone.
func wallTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateTime)
}

// target returns what a task is about: a node pool, or else the cluster.
func (t *Task) target() ack.TaskTarget {
	usual := ack.TaskTarget{ID: t.ClusterID, Type: "cluster"}
	if t.NodePoolID != "" {
		usual = ack.TaskTarget{ID: t.NodePoolID, Type: "nodepool"}
	}
	return ack.TaskTarget{ID: cmp.Or(t.Target.ID, usual.ID), Type: cmp.Or(t.Target.Type, usual.Type)}
}

// parameters returns what a task was started with, as far as the service tells.
func (t *Task) parameters() map[string]any {
	out := make(map[string]any)
	if t.NodePoolID != "" {
		out["nodepool_id"] = t.NodePoolID
	}
	if t.Count > 0 {
		out["count"] = t.Count
	}
	if t.Version != "" {
		out["next_version"] = t.Version
	}
	return out
}

// Reference returns what most operations say of the task that they started.
func (t *Task) Reference() ack.TaskReference {
	return ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}
}
