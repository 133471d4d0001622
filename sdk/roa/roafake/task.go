package roafake

import (
	"context"
	"crypto/rand"
	"sync"
)

// Task responds to an operation that starts tasks, and to the one that tells the state of a
// task: Poll is about the latter. Generated code has one value for each operation that
// starts tasks; it is shared and must not be changed.
//
//	srv.Override(ackfake.CreateClusterTask.Of(&ack.CreateClusterResponse{ClusterID: "c1"}, ack.TaskStateRunning, ack.TaskStateSuccess))
type Task[In, Out, PollIn, PollOut, State any] struct {
	// Operation is the name of the operation, as the service knows it.
	Operation string
	// ID returns the field of a response that holds the id of the task.
	ID func(*Out) *string
	// Poll knows how the state of a task is told.
	Poll *Poll[PollIn, PollOut, State]
}

// Poll knows how an operation tells the state of a task. Generated code has one value; it
// is shared and must not be changed.
type Poll[In, Out, State any] struct {
	// Operation is the name of the operation, as the service knows it.
	Operation string
	// ID returns the id of the task that a request asks for.
	ID func(*In) string
	// State returns the field of a response that holds the state.
	State func(*Out) *State
	// Task returns the field of a response that repeats the id. It is nil when there is
	// none.
	Task func(*Out) *string
}

// Of returns overrides that respond to the operation with out; nil is an empty response.
// Each call starts a task of its own, with a new id; where out has an id, each starts
// that task again. A task goes from state to state as it is asked for, and stays in the
// last one. Without states, and for all other tasks, the server tells the state.
func (t *Task[In, Out, PollIn, PollOut, State]) Of(out *Out, states ...State) *TaskOverrides[PollOut] {
	o := &TaskOverrides[PollOut]{polls: make(map[string]int)}
	o.functions = []Function{Func(t.Operation, func(context.Context, *In) (*Out, error) {
		started := new(Out)
		if out != nil {
			*started = *out
		}
		o.start(t.ID(started))
		return started, nil
	})}
	if len(states) == 0 {
		return o
	}
	o.functions = append(o.functions, Func(t.Poll.Operation, func(_ context.Context, in *PollIn) (*PollOut, error) {
		id := t.Poll.ID(in)
		n, edit, ok := o.poll(id)
		if !ok {
			return nil, Pass
		}
		return t.Poll.tell(id, states[min(n, len(states)-1)], edit), nil
	}))
	return o
}

// tell makes the response with a state.
func (p *Poll[In, Out, State]) tell(id string, state State, edit func(*Out)) *Out {
	out := new(Out)
	*p.State(out) = state
	if p.Task != nil {
		*p.Task(out) = id
	}
	if edit != nil {
		edit(out)
	}
	return out
}

// TaskOverrides are the two functions of [Task.Of], and the tasks that they started. Poll is
// the response that tells the state of one. They are safe for concurrent use.
type TaskOverrides[Poll any] struct {
	functions []Function

	mu    sync.Mutex
	edit  func(*Poll)
	polls map[string]int // how often each task was asked for, by id
}

// OverrideFunctions returns the functions that respond to both operations.
func (o *TaskOverrides[Poll]) OverrideFunctions() []Function { return o.functions }

// Edit sets what changes the responses that tell a state, such as by the reason of a
// failure: they have the state and the id already. fn is called by several goroutines at
// once.
func (o *TaskOverrides[Poll]) Edit(fn func(*Poll)) *TaskOverrides[Poll] {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.edit = fn
	return o
}

// start begins a task. The field of its id is filled when it is empty.
func (o *TaskOverrides[Poll]) start(id *string) {
	if *id == "" {
		*id = "task-" + rand.Text()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.polls[*id] = 0
}

// poll returns how often a task was asked for before, and whether there is one.
func (o *TaskOverrides[Poll]) poll(id string) (before int, edit func(*Poll), ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	before, ok = o.polls[id]
	if ok {
		o.polls[id]++
	}
	return before, o.edit, ok
}
