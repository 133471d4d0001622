package client

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// task emits
//
//	var taskX = roa.Task[XRequest, XResponse, PollRequest, PollResponse]{
//		ID:     func(out *XResponse) string { return out.TaskID },
//		Poll:   func(id string) *PollRequest { return &PollRequest{TaskID: id} },
//		Waiter: &waiterTask,
//	}
//	func (c *Client) XAndWait(ctx context.Context, in *XRequest, opts ...roa.WaitOption) (*XResponse, error) {
//		return taskX.CallAndWait(ctx, c.X, c.Poll, in, opts...)
//	}
func task(f *emit.File, op *model.Operation, importPath string) {
	t := op.Task
	f.Var().Id(taskVar(op)).Op("=").Add(taskType(op), fields(
		Id("Name").Op(":").Lit(op.Name),
		Id("ID").Op(":").Add(getter(op.Response.Name, String(), &t.ID, Lit(""), nil)),
		Id("Poll").Op(":").Func().Params(Id("id").String()).Op("*").Id(t.Wait.Request.Name).Block(
			Return(Op("&").Id(t.Wait.Request.Name).Values(Id(t.Waiter.TaskField).Op(":").Id("id"))),
		),
		Id("Waiter").Op(":").Op("&").Id(waiterVar(t.Waiter)),
	))
	f.Add(emit.Comment(t.Method + " calls [Client." + op.Name + "] and waits until the task that it started has ended." +
		" An error of the call comes as it is. An error of the wait is a [*roa.TaskError], a [*roa.WaitError] or [roa.ErrNoTask] and comes with the" +
		" response of the call: [Client." + t.Waiter.Method + "] takes its task id and goes on waiting. Without a limit by the context or [roa.WaitTimeout] the wait goes on for ever."))
	clientMethod(f, t.Method).Add(emit.Signature(op, "WaitOption", importPath)).Block(
		Return(Id(taskVar(op)).Dot("CallAndWait").Call(Id("ctx"), Id("c").Dot(op.Name), Id("c").Dot(t.Wait.Name), Id("in"), Id("opts").Op("..."))),
	)
}

func taskVar(op *model.Operation) string { return "task" + op.Name }

func taskType(op *model.Operation) *Statement {
	wait := op.Task.Wait
	return Qual(emit.Roa, "Task").Types(Id(op.Request.Name), Id(op.Response.Name), Id(wait.Request.Name), Id(wait.Response.Name))
}
