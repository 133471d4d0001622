package mock_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/emit/mock"
	"github.com/ackgen/ackgen/generator/internal/emittest"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

func operation(name string) *model.Operation {
	return &model.Operation{Name: name, Request: &model.Struct{Name: name + "Request"}, Response: &model.Struct{Name: name + "Response"}}
}

// api has two groups, the first with an operation, the second with all that is built
// on operations.
func api() *model.API {
	get, nodes, task := operation("GetThing"), operation("ListNodes"), operation("GetTask")
	nodes.Pager = &model.Pager{Name: "ListNodesPager", All: "ListNodesAll", Pages: "ListNodesPages", Item: model.Type{Kind: model.KindNamed, Name: "Node"}}
	nodes.Waiters = []*model.Waiter{{Name: "NodesReadyWaiter", Method: "WaitNodesReady", Items: &model.Path{}}, {Name: "NodeGoneWaiter", Method: "WaitNodeGone"}}
	drop, addNode := operation("DropNodes"), operation("AddNode")
	drop.Task = &model.Task{Name: "DropNodesTask", Method: "DropNodesAndWait", Wait: get}
	addNode.Task = &model.Task{Name: "AddNodeTask", Method: "AddNodeAndWait", Wait: task}
	return &model.API{Package: "pets", ImportPath: "example.com/pets", Source: "spec.yaml", Groups: []*model.Group{
		{Name: "Things", Interface: "ThingsAPI", File: "things", Operations: []*model.Operation{get}},
		{Name: "Nodes", Interface: "NodesAPI", File: "nodes", Operations: []*model.Operation{nodes, drop, addNode, task}},
	}}
}

func TestGen(t *testing.T) {
	t.Parallel()
	emittest.Run(t, mock.Gen(api()), []emittest.Case{
		{Name: "mock of a group", File: "petsmock/things_gen.go", Decl: "ThingsAPI", Want: `
// ThingsAPI mocks pets.ThingsAPI. Make one with [NewThingsAPI].
type ThingsAPI struct {
	*roamock.Mock
	thingsMethods
}
`},
		{Name: "constructor of a group", File: "petsmock/things_gen.go", Decl: "NewThingsAPI", Want: `
// NewThingsAPI returns a mock that reports to t and checks its expectations
// when the test ends.
func NewThingsAPI(t roamock.TestingT) *ThingsAPI {
	m := roamock.New(t)
	return &ThingsAPI{Mock: m, thingsMethods: thingsMethods{mock: m}}
}
`},
		{Name: "EXPECT of a group", File: "petsmock/things_gen.go", Decl: "ThingsAPI.EXPECT", Want: `
// EXPECT starts an expectation.
func (m *ThingsAPI) EXPECT() ThingsAPIExpecter {
	return ThingsAPIExpecter{mock: m.Mock}
}
`},
		{Name: "operations of a group", File: "petsmock/things_gen.go", Decl: "thingsMethods", Want: `
// thingsMethods are the mocked operations of the group.
type thingsMethods struct {
	mock *roamock.Mock
}
`},
		{Name: "operation", File: "petsmock/things_gen.go", Decl: "thingsMethods.GetThing", Want: `
// GetThing responds as the expectations say.
func (m thingsMethods) GetThing(ctx context.Context, in *pets.GetThingRequest, opts ...roa.CallOption) (*pets.GetThingResponse, error) {
	return roamock.Invoke[*pets.GetThingResponse](ctx, m.mock, "GetThing", in, opts)
}
`},
		{Name: "expecter of a group", File: "petsmock/things_gen.go", Decl: "ThingsAPIExpecter", Want: `
// ThingsAPIExpecter sets expectations on the operations of the group Things.
// Every argument is a value to compare with or a matcher of testify, such as
// mock.Anything.
type ThingsAPIExpecter struct {
	mock *roamock.Mock
}
`},
		{Name: "expectation", File: "petsmock/things_gen.go", Decl: "ThingsAPIExpecter.GetThing", Want: `
// GetThing expects a call of the method.
func (e ThingsAPIExpecter) GetThing(ctx, in, opts any) *roamock.Call[*pets.GetThingRequest, *pets.GetThingResponse] {
	return roamock.On[*pets.GetThingRequest, *pets.GetThingResponse](e.mock, "GetThing", ctx, in, opts)
}
`},
		{Name: "items", File: "petsmock/nodes_gen.go", Decl: "nodesMethods.ListNodesAll", Want: `
// ListNodesAll responds as its expectations say, and without any calls
// ListNodes.
func (m nodesMethods) ListNodesAll(ctx context.Context, in *pets.ListNodesRequest, opts ...roa.CallOption) iter.Seq2[pets.Node, error] {
	return roamock.InvokeRange(ctx, m.mock, "ListNodesAll", in, opts, pets.ListNodesPager.All(ctx, m.ListNodes, in, opts...))
}
`},
		{Name: "expectation of items", File: "petsmock/nodes_gen.go", Decl: "NodesAPIExpecter.ListNodesAll", Want: `
// ListNodesAll expects a call of the method.
func (e NodesAPIExpecter) ListNodesAll(ctx, in, opts any) *roamock.Range[*pets.ListNodesRequest, pets.Node] {
	return roamock.OnRange[*pets.ListNodesRequest, pets.Node](e.mock, "ListNodesAll", ctx, in, opts)
}
`},
		{Name: "pages", File: "petsmock/nodes_gen.go", Decl: "nodesMethods.ListNodesPages", Want: `
// ListNodesPages responds as its expectations say, and without any calls
// ListNodes.
func (m nodesMethods) ListNodesPages(ctx context.Context, in *pets.ListNodesRequest, opts ...roa.CallOption) iter.Seq2[*pets.ListNodesResponse, error] {
	return roamock.InvokeRange(ctx, m.mock, "ListNodesPages", in, opts, pets.ListNodesPager.Pages(ctx, m.ListNodes, in, opts...))
}
`},
		{Name: "expectation of pages", File: "petsmock/nodes_gen.go", Decl: "NodesAPIExpecter.ListNodesPages", Want: `
// ListNodesPages expects a call of the method.
func (e NodesAPIExpecter) ListNodesPages(ctx, in, opts any) *roamock.Range[*pets.ListNodesRequest, *pets.ListNodesResponse] {
	return roamock.OnRange[*pets.ListNodesRequest, *pets.ListNodesResponse](e.mock, "ListNodesPages", ctx, in, opts)
}
`},
		{Name: "wait for a number", File: "petsmock/nodes_gen.go", Decl: "nodesMethods.WaitNodesReady", Want: `
// WaitNodesReady responds as its expectations say, and without any calls
// ListNodes.
func (m nodesMethods) WaitNodesReady(ctx context.Context, in *pets.ListNodesRequest, count int, opts ...roa.WaitOption) (*pets.ListNodesResponse, error) {
	return roamock.InvokeWait(ctx, m.mock, "WaitNodesReady", in, opts, func() (*pets.ListNodesResponse, error) {
		return pets.NodesReadyWaiter.WaitCount(ctx, m.ListNodes, in, count, opts...)
	}, count)
}
`},
		{Name: "expectation of a wait for a number", File: "petsmock/nodes_gen.go", Decl: "NodesAPIExpecter.WaitNodesReady", Want: `
// WaitNodesReady expects a call of the method.
func (e NodesAPIExpecter) WaitNodesReady(ctx, in, count, opts any) *roamock.Wait[*pets.ListNodesRequest, *pets.ListNodesResponse] {
	return roamock.OnWait[*pets.ListNodesRequest, *pets.ListNodesResponse](e.mock, "WaitNodesReady", ctx, in, count, opts)
}
`},
		{Name: "wait for a state", File: "petsmock/nodes_gen.go", Decl: "nodesMethods.WaitNodeGone", Want: `
// WaitNodeGone responds as its expectations say, and without any calls
// ListNodes.
func (m nodesMethods) WaitNodeGone(ctx context.Context, in *pets.ListNodesRequest, opts ...roa.WaitOption) (*pets.ListNodesResponse, error) {
	return roamock.InvokeWait(ctx, m.mock, "WaitNodeGone", in, opts, func() (*pets.ListNodesResponse, error) {
		return pets.NodeGoneWaiter.Wait(ctx, m.ListNodes, in, opts...)
	})
}
`},
		{Name: "wait for a task of another group", File: "petsmock/nodes_gen.go", Decl: "nodesMethods.DropNodesAndWait", Want: `
// DropNodesAndWait responds as its expectations say, and without any calls
// DropNodes and GetThing.
func (m nodesMethods) DropNodesAndWait(ctx context.Context, in *pets.DropNodesRequest, opts ...roa.WaitOption) (*pets.DropNodesResponse, error) {
	return roamock.InvokeWait(ctx, m.mock, "DropNodesAndWait", in, opts, func() (*pets.DropNodesResponse, error) {
		return pets.DropNodesTask.CallAndWait(ctx, m.DropNodes, thingsMethods(m).GetThing, in, opts...)
	})
}
`},
		{Name: "wait for a task of the group", File: "petsmock/nodes_gen.go", Decl: "nodesMethods.AddNodeAndWait", Want: `
// AddNodeAndWait responds as its expectations say, and without any calls
// AddNode and GetTask.
func (m nodesMethods) AddNodeAndWait(ctx context.Context, in *pets.AddNodeRequest, opts ...roa.WaitOption) (*pets.AddNodeResponse, error) {
	return roamock.InvokeWait(ctx, m.mock, "AddNodeAndWait", in, opts, func() (*pets.AddNodeResponse, error) {
		return pets.AddNodeTask.CallAndWait(ctx, m.AddNode, m.GetTask, in, opts...)
	})
}
`},
		{Name: "expectation of a wait for a task", File: "petsmock/nodes_gen.go", Decl: "NodesAPIExpecter.AddNodeAndWait", Want: `
// AddNodeAndWait expects a call of the method.
func (e NodesAPIExpecter) AddNodeAndWait(ctx, in, opts any) *roamock.Wait[*pets.AddNodeRequest, *pets.AddNodeResponse] {
	return roamock.OnWait[*pets.AddNodeRequest, *pets.AddNodeResponse](e.mock, "AddNodeAndWait", ctx, in, opts)
}
`},
		{Name: "mock of all groups", File: "petsmock/api_gen.go", Decl: "API", Want: `
// API mocks pets.API. Make one with [NewAPI].
type API struct {
	*roamock.Mock
	thingsMethods
	nodesMethods
}
`},
		{Name: "constructor of all groups", File: "petsmock/api_gen.go", Decl: "NewAPI", Want: `
// NewAPI returns a mock that reports to t and checks its expectations when the
// test ends.
func NewAPI(t roamock.TestingT) *API {
	m := roamock.New(t)
	return &API{Mock: m, thingsMethods: thingsMethods{mock: m}, nodesMethods: nodesMethods{mock: m}}
}
`},
		{Name: "EXPECT of all groups", File: "petsmock/api_gen.go", Decl: "API.EXPECT", Want: `
// EXPECT starts an expectation.
func (m *API) EXPECT() APIExpecter {
	return APIExpecter{ThingsAPIExpecter: ThingsAPIExpecter{mock: m.Mock}, NodesAPIExpecter: NodesAPIExpecter{mock: m.Mock}}
}
`},
		{Name: "expecter of all groups", File: "petsmock/api_gen.go", Decl: "APIExpecter", Want: `
// APIExpecter sets expectations on every operation. See the expecters of the
// groups.
type APIExpecter struct {
	ThingsAPIExpecter
	NodesAPIExpecter
}
`},
	})
}

// TestVariablesHideNoPackage holds the names that no package can have to what the
// mocks declare in their functions: one that is missing there would hide the package
// of the client.
func TestVariablesHideNoPackage(t *testing.T) {
	t.Parallel()
	declared := map[string]bool{}
	for _, f := range mock.Gen(api()) {
		src, err := f.Render()
		require.NoError(t, err)
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, src, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Field:
					for _, name := range n.Names {
						declared[name.Name] = true
					}
				case *ast.AssignStmt:
					for _, left := range n.Lhs {
						if name, ok := left.(*ast.Ident); ok {
							declared[name.Name] = true
						}
					}
				}
				return true
			})
		}
	}
	require.Contains(t, declared, "m")
	for name := range declared {
		assert.Error(t, naming.CheckPackage(name), "%s is declared in mocks", name)
	}
}
