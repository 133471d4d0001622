package world

import (
	"cmp"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// States of tasks that the world tells apart. It has no use for those in between, such as pausing.
const (
	TaskRunning  = ack.TaskStateRunning
	TaskPaused   = ack.TaskStatePaused
	TaskCanceled = ack.TaskStateCanceled
	TaskSuccess  = ack.TaskStateSuccess
	TaskFailed   = ack.TaskStateFail
)

// A Kind is a kind of change that takes time. Its functions get the task and find what it changes by its ids.
type Kind struct {
	// Type is the task_type that the service has for it.
	Type string
	// Stages are what a task goes through, in order.
	Stages []Stage
	// Start puts what changes into the state that it has meanwhile. It may be nil, as may all that follow.
	Start func(*World, *Task)
	// Enter happens at the start of each stage but the first.
	Enter func(w *World, t *Task, stage string)
	// Finish makes of the target what the task was for.
	Finish func(*World, *Task)
	// Fail puts the target into the state that it has after a failure.
	Fail func(*World, *Task)
	// Cancel undoes what Start did. A kind without it cannot be canceled or paused.
	Cancel func(*World, *Task)
}

// A Stage is a step of a task.
type Stage struct {
	Name  string
	After time.Duration // how long it takes
}

// A Task is a change under way, or one that has ended. Every change that takes time is one, also where the service names none.
type Task struct {
	ID         string
	Kind       string // key of allKinds
	Type       string // of the kind, as the service names it
	Operation  string // that started it
	ClusterID  string
	NodePoolID string
	Target     ack.TaskTarget
	Hidden     bool // the service does not tell of it
	State      ack.TaskState
	Created    time.Time
	Updated    time.Time
	Stages     []ack.TaskStage // that it has entered
	Due        time.Time       // when the present stage ends
	Left       time.Duration   // of the present stage, while it is paused
	Failure    *Failure        // how it will end, or has ended
	Results    []ack.TaskResult
	// What the change needs to know, where its target does not.
	Version string
	Names   []string // nodes, add-ons
	Count   int64
}

// A Failure is why a change fails.
type Failure struct {
	Code, Message string
	// Stage is the name of the stage in which it fails; empty is the last.
	Stage string
}

// FailNext makes the next change fail that an operation starts, after those failures that were asked for before.
func (s *State) FailNext(operation string, f Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures[operation] = append(s.failures[operation], f)
}

// Start starts a task of a kind, gives it an id, and puts its target into the state that it has meanwhile.
func (w *World) Start(kind string, t *Task) *Task {
	k := w.state.kinds[kind]
	t.ID, t.Kind, t.Type, t.Operation = w.NewHexID("T-", 24), kind, k.Type, w.Operation
	t.State, t.Created, t.Updated = TaskRunning, w.Now(), w.Now()
	if waiting := w.state.failures[w.Operation]; len(waiting) > 0 {
		t.Failure, w.state.failures[w.Operation] = &waiting[0], waiting[1:]
	}
	w.Tasks.Put(t.ID, t)
	w.forget()
	if k.Start != nil {
		k.Start(w, t)
	}
	w.enter(t, k.Stages[0])
	w.Touch(t.ClusterID)
	return t
}

func (w *World) enter(t *Task, stage Stage) {
	t.Stages = append(t.Stages, ack.TaskStage{State: string(TaskRunning), Message: stage.Name, StartTime: stamp(w.Now())})
	t.Due = w.Now().Add(stage.After)
	w.state.schedule(w.ID, t)
}

// stamp is how the service writes times into texts.
func stamp(t time.Time) string { return t.Format(time.RFC3339) }

// Stage returns the name of the stage that a task is in, or ended in.
func (t *Task) Stage() string { return t.Stages[len(t.Stages)-1].Message }

// endStage ends the present stage of a task, and the task after the last one.
func (w *World) endStage(t *Task) {
	k := w.state.kinds[t.Kind]
	stage, last := t.Stage(), len(t.Stages) == len(k.Stages)
	if t.Failure != nil && (t.Failure.Stage == stage || last) {
		w.end(t, TaskFailed, k.Fail)
		return
	}
	if last {
		w.end(t, TaskSuccess, k.Finish)
		return
	}
	w.leave(t, TaskSuccess)
	next := k.Stages[len(t.Stages)]
	w.enter(t, next)
	if k.Enter != nil {
		k.Enter(w, t, next.Name)
	}
	w.Touch(t.ClusterID)
}

func (w *World) leave(t *Task, state ack.TaskState) {
	present := &t.Stages[len(t.Stages)-1]
	present.State, present.EndTime = string(state), stamp(w.Now())
	t.Updated = w.Now()
}

// end ends a task in one of the states that are final.
func (w *World) end(t *Task, state ack.TaskState, then func(*World, *Task)) {
	w.leave(t, state)
	t.State = state
	if state != TaskFailed {
		t.Failure = nil
	}
	if then != nil {
		then(w, t)
	}
	w.Touch(t.ClusterID)
}

// Pause stops a task that runs, until it is resumed.
func (w *World) Pause(t *Task) error {
	if t.State != TaskRunning || w.state.kinds[t.Kind].Cancel == nil {
		return Conflict("The task %s is %s and cannot be paused.", t.ID, t.State)
	}
	t.State, t.Left, t.Updated = TaskPaused, t.Due.Sub(w.Now()), w.Now()
	w.Touch(t.ClusterID)
	return nil
}

// Resume goes on with a task that was paused.
func (w *World) Resume(t *Task) error {
	if t.State != TaskPaused {
		return Conflict("The task %s is %s and cannot be resumed.", t.ID, t.State)
	}
	t.State, t.Due, t.Updated = TaskRunning, w.Now().Add(t.Left), w.Now()
	w.state.schedule(w.ID, t)
	w.Touch(t.ClusterID)
	return nil
}

// CancelTask ends a task that runs or is paused, and undoes what it has begun.
func (w *World) CancelTask(t *Task) error {
	cancel := w.state.kinds[t.Kind].Cancel
	if t.State != TaskRunning && t.State != TaskPaused || cancel == nil {
		return Conflict("The task %s is %s and cannot be canceled.", t.ID, t.State)
	}
	w.end(t, TaskCanceled, cancel)
	return nil
}

// Drop ends the tasks of a cluster that are under way, as it is no longer there.
func (w *World) Drop(clusterID string, except *Task) {
	for _, t := range w.Tasks.All() {
		if t.ClusterID == clusterID && t != except && (t.State == TaskRunning || t.State == TaskPaused) {
			w.end(t, TaskCanceled, nil)
		}
	}
}

// maxTasks is how many tasks an account keeps, besides those that are under way.
const maxTasks = 5_000

// forget drops old tasks, so that a server that runs for long does not grow.
func (w *World) forget() {
	if w.Tasks.Len() < 2*maxTasks {
		return
	}
	ended := w.Tasks.Len() - maxTasks
	for id, t := range w.Tasks.All() {
		if ended == 0 {
			return
		}
		if t.State != TaskRunning && t.State != TaskPaused {
			w.Tasks.Delete(id)
			ended--
		}
	}
}

// Describe returns a task as the service describes it.
func (t *Task) Describe() ack.Task {
	out := ack.Task{
		TaskID: t.ID, ClusterID: t.ClusterID, State: t.State, TaskType: t.Type, Created: t.Created, Updated: t.Updated,
		CurrentStage: t.Stage(), Target: t.target(), Stages: t.Stages, TaskResult: t.Results,
	}
	if t.State == TaskFailed {
		out.Error = ack.TaskError{Code: t.Failure.Code, Message: t.Failure.Message}
	}
	return out
}

func (t *Task) target() ack.TaskTarget {
	target := t.Target
	target.ID = cmp.Or(target.ID, t.NodePoolID, t.ClusterID)
	return target
}
