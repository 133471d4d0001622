package roa

import (
	"context"
	"errors"
	"fmt"
	"reflect"
)

// ErrNoTask is returned by [Task.CallAndWait] and the methods that wait for a task when
// the response to the call names none: the service accepted the request, and whether
// anything goes on is not known. It comes with the response.
var ErrNoTask = errors.New("response names no task to wait for")

// Task calls an operation and waits for the task that it starts. Generated code
// has one value for each operation with a task; it is shared and must not be
// changed.
type Task[In, Out, PollIn, PollOut any] struct {
	// Name is that of the operation, for errors; it may be empty.
	Name string
	// ID returns the id of the task in a response, empty when it names none.
	ID func(*Out) string
	// Poll returns the request that asks for the task with an id.
	Poll func(id string) *PollIn
	// Waiter waits for the task.
	Waiter *Waiter[PollIn, PollOut]
}

// CallAndWait calls call and then polls poll until the task has ended. Both are
// methods of a client, of an interface or of a mock. The error of the call is
// returned as it is. An error of the wait, as [Waiter.Wait] describes it, comes with
// the response of the call, so that its task id is not lost, and so does [ErrNoTask].
// A [TaskError] has [REDACTED] for each secret of the request that the service says back.
// Without a limit by the context or [WaitTimeout] the wait goes on for ever.
func (t *Task[In, Out, PollIn, PollOut]) CallAndWait(
	ctx context.Context, call OperationFunc[In, Out], poll OperationFunc[PollIn, PollOut], in *In, opts ...WaitOption,
) (*Out, error) {
	out, err := call(ctx, in)
	if err != nil {
		return out, err
	}
	if out == nil {
		return nil, t.taskError(errNilResponse)
	}
	id := t.ID(out)
	if id == "" {
		return out, t.taskError(ErrNoTask)
	}
	_, err = t.Waiter.Wait(ctx, poll, t.Poll(id), opts...)
	return out, withoutSecrets(err, in)
}

// withoutSecrets takes out of what a service says of a failed task what is secret in the
// request that started it.
func withoutSecrets(err error, request any) error {
	failed, ok := err.(*TaskError) //nolint:errorlint // one that a poll returned may be shared
	if !ok {
		return err
	}
	m := new(masker)
	if text, err := m.encode(request); err == nil {
		_, _ = m.json(text, reflect.TypeOf(request)) // what the names in free and in raw JSON tell
	}
	failed.State, failed.Stage, failed.Code, failed.Message = m.clean(failed.State), m.clean(failed.Stage), m.cleanCode(failed.Code), m.clean(failed.Message)
	return err
}

// taskError makes an error begin with the name of the operation.
func (t *Task[In, Out, PollIn, PollOut]) taskError(err error) error {
	if t.Name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", t.Name, err)
}
