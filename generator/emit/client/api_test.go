package client_test

import (
	"time"

	"github.com/ackgen/ackgen/generator/model"
)

const things = "things_gen.go"

// operation returns an operation with the names that every operation has.
func operation(name string, with model.Operation) *model.Operation {
	with.Name, with.Action, with.Descriptor, with.Caller = name, name, "op"+name, name+"Caller"
	with.Method, with.Path = "GET", "/things"
	with.Summary, with.Doc = name+" does it.", name+" does it."
	with.Request, with.Response = &model.Struct{Name: name + "Request"}, &model.Struct{Name: name + "Response"}
	if with.Shape == "" {
		with.Shape = model.ShapeObject
	}
	if with.Retry == "" {
		with.Retry = model.RetryIdempotent
	}
	return &with
}

// to returns a path through fields; a name that begins with * is a pointer.
func to(kind model.Kind, fields ...string) *model.Path {
	p := &model.Path{Type: model.Type{Kind: kind}}
	for _, f := range fields {
		pointer := f[0] == '*'
		if pointer {
			f = f[1:]
		}
		p.Steps = append(p.Steps, model.Step{Field: f, Pointer: pointer})
	}
	return p
}

// list is to for a slice of things.
func list(fields ...string) *model.Path {
	p := to(model.KindSlice, fields...)
	p.Type.Elem = &model.Type{Kind: model.KindNamed, Name: "Thing"}
	return p
}

// api has an operation for every kind of thing that the emitter prints.
func api() *model.API {
	thing := model.Type{Kind: model.KindNamed, Name: "Thing"}
	task := &model.Waiter{
		Name: "TaskWaiter", Method: "WaitTask", Label: "Task", State: *to(model.KindNamed, "State"), Success: []string{"done"},
		Failure: []string{"failed", "canceled"}, Pending: []string{"running"}, TaskField: "TaskID", Delay: 90 * time.Second, MaxDelay: time.Hour,
		Result: to(model.KindString, "Result"), FailedResults: []string{"bad"},
		Stage: to(model.KindString, "Stage"), Code: to(model.KindInt32, "Error", "Code"), Message: to(model.KindString, "Error", "Message"),
	}
	getTask := operation("GetTask", model.Operation{Waiters: []*model.Waiter{task}})
	return &model.API{
		Package: "pets", ImportPath: "example.com/pets", Source: "spec.yaml", Title: "Pet Store", Doc: "Pets are kept.",
		Service: model.Service{
			Name: "PET", Version: "2020-01-02", Endpoint: "pet.{region}.example.com", VPCEndpoint: "pet-vpc.{region}.example.com",
			CentralEndpoint: "pet.example.com", CentralRegions: []string{"south-1"}, Regions: []string{"north-1", "south-1"},
		},
		ErrorCodes: []model.ErrorCode{{Name: "CodeThingNotFound", Code: "ThingNotFound", Doc: "The thing does not exist."}},
		Groups: []*model.Group{{Name: "Things", Interface: "ThingsAPI", File: "things", Doc: "Things are small.", Operations: []*model.Operation{
			operation("GetThing", model.Operation{
				Params: []model.Param{{Kind: model.ParamPath, Wire: "ThingId", Field: "ThingID"}, {Kind: model.ParamQuery, Wire: "size", Field: "Size"}, {Kind: model.ParamQueryJSON, Wire: "tags", Field: "Tags"}},
				Waiters: []*model.Waiter{{
					Name: "ThingGoneWaiter", Method: "WaitThingGone", Label: "ThingGone", State: *to(model.KindString, "*State"), Gone: []string{"ThingNotFound"},
					Delay: 5 * time.Minute, MaxDelay: 1500 * time.Millisecond,
				}},
			}),
			operation("CreateThing", model.Operation{
				Retry: model.RetryToken, Body: model.Body{Kind: model.BodyJSON}, Token: &model.Field{Name: "ClientToken", Type: model.Type{Kind: model.KindString, Pointer: true}},
				Task: &model.Task{Name: "CreateThingTask", Method: "CreateThingAndWait", ID: *to(model.KindString, "*TaskID"), Waiter: task, Wait: getTask},
			}),
			operation("PutThings", model.Operation{Shape: model.ShapeEmpty, Body: model.Body{Kind: model.BodyJSON, Field: "Items"}}),
			operation("ListThings", model.Operation{
				Shape: model.ShapeArray, Result: "Items",
				Pager: &model.Pager{
					Name: "ListThingsPager", All: "ListThingsAll", Pages: "ListThingsPages", Item: thing, Items: *list("Page", "Things"),
					Page: "PageNumber", Size: "PageSize", Total: to(model.KindInt32, "*Page", "Total"), MaxSize: 100,
				},
				Waiters: []*model.Waiter{{
					Name: "ThingsReadyWaiter", Method: "WaitThingsReady", Label: "ThingsReady", State: *to(model.KindString, "*Status", "State"),
					Items: list("*Page", "Things"), ID: to(model.KindInt32, "Number"), Success: []string{"ready"}, Delay: 5 * time.Second, MaxDelay: 30 * time.Second,
				}},
			}),
			operation("WalkThings", model.Operation{Pager: &model.Pager{
				Name: "WalkThingsPager", All: "WalkThingsAll", Pages: "WalkThingsPages", Item: thing, Items: *list("Things"),
				Token: "NextToken", Next: to(model.KindString, "*NextToken"),
			}}),
			getTask,
		}}},
	}
}
