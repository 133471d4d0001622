package fake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/emit/fake"
	"github.com/ackgen/ackgen/generator/internal/emittest"
	"github.com/ackgen/ackgen/generator/model"
)

func operation(name string) *model.Operation {
	return &model.Operation{
		Name: name, Action: "action-" + name, Summary: name + " does it.",
		Request: &model.Struct{Name: name + "Request"}, Response: &model.Struct{Name: name + "Response"},
	}
}

func path(kind model.Kind, steps ...model.Step) *model.Path {
	return &model.Path{Steps: steps, Type: model.Type{Kind: kind}}
}

// api has two groups, one with tasks and one with pages of both styles.
func api() *model.API {
	get, nodes, pods, drop := operation("GetTask"), operation("ListNodes"), operation("ListPods"), operation("DropNodes")
	nodes.Pager = &model.Pager{
		Name: "ListNodesPager", Pages: "ListNodesPages", Item: model.Type{Kind: model.KindNamed, Name: "Node"}, Page: "Page", DefaultSize: 10,
		Items: *path(model.KindSlice, model.Step{Field: "Nodes"}), Total: path(model.KindInt64, model.Step{Field: "Page", Pointer: true}, model.Step{Field: "Total", Pointer: true}),
		RepeatedPage: path(model.KindInt32, model.Step{Field: "Number"}), RepeatedSize: path(model.KindInt32, model.Step{Field: "Size"}),
	}
	pods.Pager = &model.Pager{
		Name: "ListPodsPager", Pages: "ListPodsPages", Item: model.Type{Kind: model.KindString}, Token: "Token",
		Items: *path(model.KindSlice, model.Step{Field: "Wrapped"}, model.Step{Field: "Pods"}), Next: path(model.KindString, model.Step{Field: "Next", Pointer: true}),
	}
	state := path(model.KindNamed, model.Step{Field: "State"})
	state.Type.Name = "TaskState"
	drop.Task = &model.Task{
		Name: "DropNodesTask", ID: *path(model.KindString, model.Step{Field: "TaskID"}), Wait: get,
		Waiter: &model.Waiter{Name: "TaskWaiter", State: *state, RepeatedTask: path(model.KindString, model.Step{Field: "ID"})},
	}
	return &model.API{Package: "pets", ImportPath: "example.com/pets", Source: "spec.yaml", Groups: []*model.Group{
		{Name: "Tasks", File: "tasks", Operations: []*model.Operation{get, drop}},
		{Name: "Nodes", File: "nodes", Operations: []*model.Operation{nodes, pods}},
	}}
}

func TestGen(t *testing.T) {
	t.Parallel()
	emittest.Run(t, fake.Gen(api()), []emittest.Case{
		{Name: "functions of all groups", File: "petsfake/overrides_gen.go", Decl: "Overrides.OverrideFunctions", Want: `
// OverrideFunctions returns the functions that are set, for the server.
func (o Overrides) OverrideFunctions() []roafake.Function {
	return roafake.Set(
		roafake.Func("action-GetTask", o.GetTask),
		roafake.Func("action-DropNodes", o.DropNodes),
		roafake.Func("action-ListNodes", o.ListNodes),
		roafake.Func("action-ListPods", o.ListPods),
	)
}
`},
		{Name: "pages by number", File: "petsfake/pages_gen.go", Decl: "pagesListNodes", Want: `
var pagesListNodes = roafake.Pages[pets.ListNodesRequest, pets.ListNodesResponse, pets.Node]{
	Pager:       pets.ListNodesPager,
	DefaultSize: 10,
	Items:       func(out *pets.ListNodesResponse) *[]pets.Node { return &out.Nodes },
	Total:       func(out *pets.ListNodesResponse) roa.NumberField { return roa.Number(&roafake.Made(&out.Page).Total) },
	Number:      func(out *pets.ListNodesResponse) roa.NumberField { return roa.Number(&out.Number) },
	Size:        func(out *pets.ListNodesResponse) roa.NumberField { return roa.Number(&out.Size) },
}
`},
		{Name: "pages by token", File: "petsfake/pages_gen.go", Decl: "pagesListPods", Want: `
var pagesListPods = roafake.Pages[pets.ListPodsRequest, pets.ListPodsResponse, string]{
	Pager: pets.ListPodsPager,
	Items: func(out *pets.ListPodsResponse) *[]string { return &out.Wrapped.Pods },
	Next:  func(out *pets.ListPodsResponse) *string { return roafake.Made(&out.Next) },
}
`},
		{Name: "poll", File: "petsfake/tasks_gen.go", Decl: "pollTask", Want: `
// pollTask knows how GetTask tells the state of a task.
var pollTask = roafake.Poll[pets.GetTaskRequest, pets.GetTaskResponse, pets.TaskState]{
	Operation: "action-GetTask",
	ID:        pets.TaskWaiter.TaskID,
	State:     func(out *pets.GetTaskResponse) *pets.TaskState { return &out.State },
	Task:      func(out *pets.GetTaskResponse) *string { return &out.ID },
}
`},
		{Name: "task", File: "petsfake/tasks_gen.go", Decl: "taskDropNodes", Want: `
var taskDropNodes = roafake.Task[pets.DropNodesRequest, pets.DropNodesResponse, pets.GetTaskRequest, pets.GetTaskResponse, pets.TaskState]{
	Operation: "action-DropNodes",
	ID:        func(out *pets.DropNodesResponse) *string { return &out.TaskID },
	Poll:      &pollTask,
}
`},
		{Name: "block of pages", File: "petsfake/pages_gen.go", Decl: "ListNodesPages", Want: `
// Pages respond to an operation with the pages of a list. See [roafake.Pages].
var (
	// ListNodesPages responds to ListNodes.
	ListNodesPages *roafake.Pages[pets.ListNodesRequest, pets.ListNodesResponse, pets.Node] = &pagesListNodes
	// ListPodsPages responds to ListPods.
	ListPodsPages *roafake.Pages[pets.ListPodsRequest, pets.ListPodsResponse, string] = &pagesListPods
)
`},
		{Name: "block of tasks", File: "petsfake/tasks_gen.go", Decl: "DropNodesTask", Want: `
// Tasks respond to an operation that starts tasks, and tell the states of those
// by GetTask. See [roafake.Task].
var (
	// DropNodesTask responds to DropNodes.
	DropNodesTask *roafake.Task[pets.DropNodesRequest, pets.DropNodesResponse, pets.GetTaskRequest, pets.GetTaskResponse, pets.TaskState] = &taskDropNodes
)
`},
	})
}

// TestFilesThatAreNotNeeded has an API without pages and tasks.
func TestFilesThatAreNotNeeded(t *testing.T) {
	t.Parallel()
	plain := api()
	plain.Groups = plain.Groups[:1]
	plain.Groups[0].Operations = plain.Groups[0].Operations[:1]
	var names []string
	for _, f := range fake.Gen(plain) {
		names = append(names, f.Name)
	}
	assert.Equal(t, []string{"petsfake/doc_gen.go", "petsfake/overrides_gen.go"}, names)
}
