package client_test

import (
	"testing"

	"github.com/ackgen/ackgen/generator/emit/client"
	"github.com/ackgen/ackgen/generator/internal/emittest"
)

func TestWaitersAndTasks(t *testing.T) {
	t.Parallel()
	emittest.Run(t, client.Gen(api()), []emittest.Case{
		{Name: "waiter for the end of a thing", File: things, Decl: "waiterThingGone", Want: `
var waiterThingGone = roa.Waiter[GetThingRequest, GetThingResponse]{
	Name: "ThingGone",
	State: func(out *GetThingResponse) string {
		if out.State == nil {
			return ""
		}
		return *out.State
	},
	Gone:     []roa.Code{"ThingNotFound"},
	Delay:    5 * time.Minute,
	MaxDelay: 1500 * time.Millisecond,
}
`},
		{Name: "method that waits for the end", File: things, Decl: "Client.WaitThingGone", Want: `
// WaitThingGone polls [Client.GetThing] until the service says that it is gone.
// It returns the last response, never nil without an error. A timeout, a
// canceled context and a refusal are a [*roa.WaitError]. Polls start 5m apart
// and slow down to 1.5s. Without a limit by the context or [roa.WaitTimeout] it
// goes on for ever.
func (c *Client) WaitThingGone(ctx context.Context, in *GetThingRequest, opts ...roa.WaitOption) (*GetThingResponse, error) {
	return waiterThingGone.Wait(ctx, c.GetThing, in, opts...)
}
`},
		{Name: "waiter that counts items", File: things, Decl: "waiterThingsReady", Want: `
var waiterThingsReady = roa.Waiter[ListThingsRequest, ListThingsResponse]{
	Name: "ThingsReady",
	States: func(out *ListThingsResponse) []string {
		if out.Page == nil {
			return nil
		}
		return roa.TextsOf(out.Page.Things, func(item *Thing) string {
			if item.Status == nil {
				return ""
			}
			return item.Status.State
		})
	},
	IDs: func(out *ListThingsResponse) []string {
		if out.Page == nil {
			return nil
		}
		return roa.TextsOf(out.Page.Things, func(item *Thing) string {
			if item.Number == 0 {
				return ""
			}
			return roa.StateOf(item.Number)
		})
	},
	Pages:    pagerListThings.Pages,
	Success:  []string{"ready"},
	Delay:    5 * time.Second,
	MaxDelay: 30 * time.Second,
}
`},
		{Name: "method that waits for items", File: things, Decl: "Client.WaitThingsReady", Want: `
// WaitThingsReady polls [Client.ListThings] until at least count items are in
// the state ready. It returns the last response, never nil without an error. A
// timeout, a canceled context and a refusal are a [*roa.WaitError]. Polls start
// 5s apart and slow down to 30s. Without a limit by the context or
// [roa.WaitTimeout] it goes on for ever.
func (c *Client) WaitThingsReady(ctx context.Context, in *ListThingsRequest, count int, opts ...roa.WaitOption) (*ListThingsResponse, error) {
	return waiterThingsReady.WaitCount(ctx, c.ListThings, in, count, opts...)
}
`},
		{Name: "waiter for tasks with result and explanation", File: things, Decl: "waiterTask", Want: `
var waiterTask = roa.Waiter[GetTaskRequest, GetTaskResponse]{
	Name:          "Task",
	State:         func(out *GetTaskResponse) string { return roa.StateOf(out.State) },
	TaskID:        func(in *GetTaskRequest) string { return in.TaskID },
	Success:       []string{"done"},
	Failure:       []string{"failed", "canceled"},
	Pending:       []string{"running"},
	Result:        func(out *GetTaskResponse) string { return out.Result },
	FailedResults: []string{"bad"},
	Delay:         90 * time.Second,
	MaxDelay:      1 * time.Hour,
	Explain: func(out *GetTaskResponse) roa.TaskFailure {
		return roa.TaskFailure{Stage: out.Stage, Code: roa.StateOf(out.Error.Code), Message: out.Error.Message}
	},
}
`},
		{Name: "method that waits for a task", File: things, Decl: "Client.WaitTask", Want: `
// WaitTask polls [Client.GetTask] until the state is done. It returns the last
// response, never nil without an error. The state failed or canceled ends it
// with a [*roa.TaskError]. A Result of bad in that response is a
// [*roa.TaskError]. A timeout, a canceled context and a refusal are a
// [*roa.WaitError]. Polls start 1m30s apart and slow down to 1h. Without a
// limit by the context or [roa.WaitTimeout] it goes on for ever.
func (c *Client) WaitTask(ctx context.Context, in *GetTaskRequest, opts ...roa.WaitOption) (*GetTaskResponse, error) {
	return waiterTask.Wait(ctx, c.GetTask, in, opts...)
}
`},
		{Name: "task", File: things, Decl: "taskCreateThing", Want: `
var taskCreateThing = roa.Task[CreateThingRequest, CreateThingResponse, GetTaskRequest, GetTaskResponse]{
	Name: "CreateThing",
	ID: func(out *CreateThingResponse) string {
		if out.TaskID == nil {
			return ""
		}
		return *out.TaskID
	},
	Poll: func(id string) *GetTaskRequest {
		return &GetTaskRequest{TaskID: id}
	},
	Waiter: &waiterTask,
}
`},
		{Name: "method that calls and waits", File: things, Decl: "Client.CreateThingAndWait", Want: `
// CreateThingAndWait calls [Client.CreateThing] and waits until the task that
// it started has ended. An error of the call comes as it is. An error of the
// wait is a [*roa.TaskError], a [*roa.WaitError] or [roa.ErrNoTask] and comes
// with the response of the call: [Client.WaitTask] takes its task id and goes
// on waiting. Without a limit by the context or [roa.WaitTimeout] the wait goes
// on for ever.
func (c *Client) CreateThingAndWait(ctx context.Context, in *CreateThingRequest, opts ...roa.WaitOption) (*CreateThingResponse, error) {
	return taskCreateThing.CallAndWait(ctx, c.CreateThing, c.GetTask, in, opts...)
}
`},
	})
}
