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

// api has two groups, the first with an operation.
func api() *model.API {
	get := &model.Operation{Name: "GetThing", Request: &model.Struct{Name: "GetThingRequest"}, Response: &model.Struct{Name: "GetThingResponse"}}
	return &model.API{Package: "pets", ImportPath: "example.com/pets", Source: "spec.yaml", Groups: []*model.Group{
		{Name: "Things", Interface: "ThingsAPI", File: "things", Operations: []*model.Operation{get}},
		{Name: "Nodes", Interface: "NodesAPI", File: "nodes"},
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
	return roamock.Invoke[pets.GetThingResponse](ctx, m.mock, "GetThing", in, opts)
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
// GetThing expects a call of the operation.
func (e ThingsAPIExpecter) GetThing(ctx, in, opts any) *roamock.Call[pets.GetThingRequest, pets.GetThingResponse] {
	return roamock.On[pets.GetThingRequest, pets.GetThingResponse](e.mock, "GetThing", ctx, in, opts)
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
