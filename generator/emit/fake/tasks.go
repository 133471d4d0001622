package fake

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// poll is the variable that knows the operation which all tasks are asked for by.
const poll = "taskPoll"

// tasksFile emits what knows how tasks are asked for, and for each operation that starts
// one the variable of task.
func (e emitter) tasksFile(ops []*model.Operation) *emit.File {
	f := e.newFile("tasks_gen.go")
	e.poll(f, ops[0].Task)
	for _, op := range ops {
		e.task(f, op)
	}
	return f
}

// poll emits
//
//	var taskPoll = roafake.Poll[ack.PollRequest, ack.PollResponse, ack.TaskState]{
//		Operation: "Poll",
//		ID:        ack.TaskWaiter.TaskID,
//		State:     func(out *ack.PollResponse) *ack.TaskState { return &out.State },
//	}
func (e emitter) poll(f *emit.File, t *model.Task) {
	state := emit.Type(t.Waiter.State.Type, e.api.ImportPath)
	values := []Code{
		Id("Operation").Op(":").Lit(t.Wait.Action),
		Id("ID").Op(":").Qual(e.api.ImportPath, t.Waiter.Name).Dot("TaskID"),
		Id("State").Op(":").Add(e.field(t.Wait, Op("*").Add(state.Clone()), &t.Waiter.State)),
	}
	if t.Waiter.RepeatedTask != nil {
		values = append(values, Id("Task").Op(":").Add(e.field(t.Wait, Op("*").String(), t.Waiter.RepeatedTask)))
	}
	f.Comment("// " + poll + " knows how " + t.Wait.Name + " tells the state of a task.")
	f.Var().Id(poll).Op("=").Qual(emit.Roafake, "Poll").
		Types(Qual(e.api.ImportPath, t.Wait.Request.Name), Qual(e.api.ImportPath, t.Wait.Response.Name), state).
		Add(fields(values...))
}

// task emits
//
//	var XTask = roafake.Task[ack.XRequest, ack.XResponse, ack.PollRequest, ack.PollResponse, ack.TaskState]{
//		Operation: "X",
//		ID:        func(out *ack.XResponse) *string { return &out.TaskID },
//		Poll:      &taskPoll,
//	}
func (e emitter) task(f *emit.File, op *model.Operation) {
	t := op.Task
	f.Add(emit.Comment(t.Name + " responds to " + op.Name + ", and tells the states of its task by " + t.Wait.Name + ". See [roafake.Task]."))
	f.Var().Id(t.Name).Op("=").Qual(emit.Roafake, "Task").Types(
		Qual(e.api.ImportPath, op.Request.Name), Qual(e.api.ImportPath, op.Response.Name),
		Qual(e.api.ImportPath, t.Wait.Request.Name), Qual(e.api.ImportPath, t.Wait.Response.Name),
		emit.Type(t.Waiter.State.Type, e.api.ImportPath),
	).Add(fields(
		Id("Operation").Op(":").Lit(op.Action),
		Id("ID").Op(":").Add(e.field(op, Op("*").String(), &t.ID)),
		Id("Poll").Op(":").Op("&").Id(poll),
	))
}
