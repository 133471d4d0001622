package fake

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// poll is the variable that knows the operation which all tasks are asked for by.
const poll = "pollTask"

// tasksFile emits what knows how tasks are asked for, and for each operation that starts
// one the variable of task.
func (e emitter) tasksFile(ops []*model.Operation) *emit.File {
	f := e.NewFile("tasks_gen.go")
	e.poll(f, ops[0].Task)
	all := make([]emit.Variable, len(ops))
	for i, op := range ops {
		all[i] = e.task(f, op)
	}
	f.Variables("Tasks respond to an operation that starts tasks, and tell the states of those by "+ops[0].Task.Wait.Name+". See [roafake.Task].", all)
	return f
}

// poll emits
//
//	var pollTask = roafake.Poll[ack.PollRequest, ack.PollResponse, ack.TaskState]{
//		Operation: "Poll",
//		ID:        ack.TaskWaiter.TaskID,
//		State:     func(out *ack.PollResponse) *ack.TaskState { return &out.State },
//	}
func (e emitter) poll(f *emit.File, t *model.Task) {
	state := emit.Type(t.Waiter.State.Type, e.API.ImportPath)
	values := []Code{
		Id("Operation").Op(":").Lit(t.Wait.Action),
		Id("ID").Op(":").Qual(e.API.ImportPath, t.Waiter.Name).Dot("TaskID"),
		Id("State").Op(":").Add(e.field(t.Wait, Op("*").Add(state.Clone()), &t.Waiter.State)),
	}
	if t.Waiter.RepeatedTask != nil {
		values = append(values, Id("Task").Op(":").Add(e.field(t.Wait, Op("*").String(), t.Waiter.RepeatedTask)))
	}
	f.Comment("// " + poll + " knows how " + t.Wait.Name + " tells the state of a task.")
	f.Var().Id(poll).Op("=").Qual(emit.Roafake, "Poll").
		Types(Qual(e.API.ImportPath, t.Wait.Request.Name), Qual(e.API.ImportPath, t.Wait.Response.Name), state).
		Add(fields(values...))
}

// task emits
//
//	var taskX = roafake.Task[ack.XRequest, ack.XResponse, ack.PollRequest, ack.PollResponse, ack.TaskState]{
//		Operation: "X",
//		ID:        func(out *ack.XResponse) *string { return &out.TaskID },
//		Poll:      &pollTask,
//	}
//
// and returns the variable that points to it.
func (e emitter) task(f *emit.File, op *model.Operation) emit.Variable {
	t := op.Task
	v := emit.Variable{
		Name: t.Name, Doc: t.Name + " responds to " + op.Name + ".", Value: "task" + op.Name,
		Type: Qual(emit.Roafake, "Task").Types(
			Qual(e.API.ImportPath, op.Request.Name), Qual(e.API.ImportPath, op.Response.Name),
			Qual(e.API.ImportPath, t.Wait.Request.Name), Qual(e.API.ImportPath, t.Wait.Response.Name),
			emit.Type(t.Waiter.State.Type, e.API.ImportPath)),
	}
	f.Var().Id(v.Value).Op("=").Add(v.Type, fields(
		Id("Operation").Op(":").Lit(op.Action),
		Id("ID").Op(":").Add(e.field(op, Op("*").String(), &t.ID)),
		Id("Poll").Op(":").Op("&").Id(poll),
	))
	return v
}
