package world

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The states of tasks, by shorter names.
const (
	TaskRunning    = ack.TaskStateRunning
	TaskPausing    = ack.TaskStatePausing
	TaskPaused     = ack.TaskStatePaused
	TaskResuming   = ack.TaskStateResuming
	TaskCancelling = ack.TaskStateCancelling
	TaskCanceled   = ack.TaskStateCanceled
	TaskSuccess    = ack.TaskStateSuccess
	TaskFailed     = ack.TaskStateFail
)

// A Kind is a kind of change that takes time. Its functions get the task and find what it changes by its ids.
type Kind struct {
	// Type is the task_type that the service has for it.
	Type string
	// Event is the type of the events that tell of its beginning and end; empty where the service reports none.
	Event ack.EventType
	// Stages are what a task goes through, in order, unless it has a plan of its own.
	Stages []Stage
	// Start puts what changes into the state that it has meanwhile. It may be nil, as may all that follow.
	Start func(*World, *Task)
	// Enter happens at the start of each stage but the first. It may pause the task.
	Enter func(w *World, t *Task, stage string)
	// Bears notes what has failed in the present stage, and reports whether the task goes on all the same. A kind without it fails
	// with a stage.
	Bears func(*World, *Task) bool
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
	Operation  string // that started it; empty if it is part of another task
	ClusterID  string
	NodePoolID string
	Target     ack.TaskTarget
	Hidden     bool // the service does not tell of it
	State      ack.TaskState
	Created    time.Time
	Updated    time.Time
	Plan       []Stage       // that it goes through; those of the kind, unless the request decides
	Stages     []StageRun    // of the plan that it has entered
	Delay      time.Duration // how long the first stage takes, in place of its usual time
	Due        time.Time     // when something happens to it next
	Left       time.Duration // of the present stage, while it is paused
	Failure    *Failure      // how it will end, or has ended
	Results    []ack.TaskResult
	Token      string // client_token of the request that started it
	// What the change needs to know, where its target does not.
	Change   *Change
	Version  string
	Names    []string // ids of instances, add-ons
	Items    []string // what is done to each of them, as far as the request names it
	Count    int64
	Batch    int   // how many nodes are worked on at the same time
	MayFail  int64 // how many of them may fail without the task failing
	Release  bool  // the instances, after their nodes have been removed
	PlanID   string
	ReportID string // of the check before an upgrade
	Force    bool
}

// A StageRun is a stage that a task has entered.
type StageRun struct {
	Name       string
	State      ack.TaskState
	Start, End time.Time
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

// Failures returns the operations whose next change is to fail, once for each change, sorted.
func (s *State) Failures() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, operation := range slices.Sorted(maps.Keys(s.failures)) {
		out = append(out, slices.Repeat([]string{operation}, len(s.failures[operation]))...)
	}
	return out
}

// Start starts a task of a kind, gives it an id, and puts its target into the state that it has meanwhile.
func (w *World) Start(kind string, t *Task) *Task {
	k := w.state.kinds[kind]
	t.ID, t.Kind, t.Type, t.Operation = cmp.Or(t.ID, w.NewHexID("T-", 24)), kind, k.Type, w.Operation
	t.State, t.Created, t.Updated = TaskRunning, w.Now(), w.Now()
	if waiting := w.state.failures[w.Operation]; len(waiting) > 0 {
		t.Failure, w.state.failures[w.Operation] = &waiting[0], waiting[1:]
	}
	if t.Plan == nil {
		t.Plan = k.Stages
	}
	w.Tasks.Put(t.ID, t)
	w.forget()
	first := t.Plan[0]
	if t.Delay > 0 {
		first.After = t.Delay
	}
	w.enter(t, first)
	if k.Start != nil {
		k.Start(w, t)
	}
	w.taskEvent(t, ack.EventDataLevelInfo, "Started", "start to "+w.inWords(t))
	w.Touch(t.ClusterID)
	return t
}

func (w *World) enter(t *Task, stage Stage) {
	t.Stages = append(t.Stages, StageRun{Name: stage.Name, State: TaskRunning, Start: w.Now()})
	w.due(t, stage.After)
}

// due notes in how long something happens to a task.
func (w *World) due(t *Task, in time.Duration) {
	t.Due, t.Updated = w.state.now.Add(in), w.Now()
	w.state.schedule(w.ID, t)
	w.Touch(t.ClusterID)
}

// Stage returns the name of the stage that a task is in, or ended in.
func (t *Task) Stage() string { return t.Stages[len(t.Stages)-1].Name }

// Active reports whether a task has not ended.
func (t *Task) Active() bool { return t.moves() || t.State == TaskPaused }

// moves reports whether something will happen to a task by itself.
func (t *Task) moves() bool {
	switch t.State {
	case TaskRunning, TaskPausing, TaskResuming, TaskCancelling:
		return true
	}
	return false
}

// happen lets happen to a task what is due.
func (w *World) happen(t *Task) {
	switch t.State {
	case TaskPausing:
		t.State, t.Updated = TaskPaused, w.Now()
	case TaskResuming:
		t.State = TaskRunning
		w.due(t, t.Left)
	case TaskCancelling:
		w.end(t, TaskCanceled, w.state.kinds[t.Kind].Cancel)
	default:
		w.endStage(t)
	}
	w.Touch(t.ClusterID)
}

// endStage ends the present stage of a task, and the task after the last one.
func (w *World) endStage(t *Task) {
	k := w.state.kinds[t.Kind]
	stage, last := t.Stage(), len(t.Stages) == len(t.Plan)
	if t.Failure != nil && (t.Failure.Stage == stage || last) {
		if k.Bears == nil || !k.Bears(w, t) {
			w.end(t, TaskFailed, k.Fail)
			return
		}
		t.Failure = nil
	}
	if last {
		w.end(t, TaskSuccess, k.Finish)
		return
	}
	w.leave(t, TaskSuccess)
	next := t.Plan[len(t.Stages)]
	w.enter(t, next)
	if k.Enter != nil {
		k.Enter(w, t, next.Name)
	}
}

func (w *World) leave(t *Task, state ack.TaskState) {
	present := &t.Stages[len(t.Stages)-1]
	present.State, present.End = state, w.Now()
	t.Updated = w.Now()
}

// end ends a task in one of the states that are final.
func (w *World) end(t *Task, state ack.TaskState, then func(*World, *Task)) {
	w.leave(t, state)
	t.State = state
	if state != TaskFailed {
		t.Failure = nil
	}
	w.tellEnd(t)
	if then != nil {
		then(w, t)
	}
	w.Touch(t.ClusterID)
}

// tellEnd notes the event of the end of a task, before its target may be gone.
func (w *World) tellEnd(t *Task) {
	what := w.inWords(t)
	switch t.State {
	case TaskSuccess:
		w.taskEvent(t, ack.EventDataLevelInfo, "Succeeded", "succeeded to "+what)
	case TaskCanceled:
		w.taskEvent(t, ack.EventDataLevelWarning, "Canceled", "canceled to "+what)
	case TaskFailed:
		w.taskEvent(t, ack.EventDataLevelError, "Failed", "failed to "+what+": "+t.Failure.Message)
	}
}

// settling is how long a task takes to pause, to resume and to be canceled: no source tells.
const settling = 5 * time.Second

// Pause stops a task that runs, until it is resumed. It is pausing for a moment before.
func (w *World) Pause(t *Task) error {
	if t.State != TaskRunning || w.state.kinds[t.Kind].Cancel == nil {
		return Conflict("The task %s is %s and cannot be paused.", t.ID, t.State)
	}
	t.State, t.Left = TaskPausing, t.Due.Sub(w.state.now)
	w.due(t, settling)
	return nil
}

// Resume goes on with a task that was paused. It is resuming for a moment before.
func (w *World) Resume(t *Task) error {
	if t.State != TaskPaused {
		return Conflict("The task %s is %s and cannot be resumed.", t.ID, t.State)
	}
	t.State = TaskResuming
	w.due(t, settling)
	return nil
}

// CancelTask ends a task that has not ended, and undoes what it has begun. It is cancelling for a moment before.
func (w *World) CancelTask(t *Task) error {
	if !t.Active() || t.State == TaskCancelling || w.state.kinds[t.Kind].Cancel == nil {
		return Conflict("The task %s is %s and cannot be canceled.", t.ID, t.State)
	}
	t.State = TaskCancelling
	w.due(t, settling)
	return nil
}

// Drop ends the tasks of a cluster that are under way, as it is no longer there.
func (w *World) Drop(clusterID string, except *Task) {
	for _, t := range w.Tasks.All() {
		if t.ClusterID == clusterID && t != except && t.Active() {
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
		if !t.Active() {
			w.Tasks.Delete(id)
			ended--
		}
	}
}
