// Package mock emits testify mocks with typed expectations: one for every group
// interface of an API and one for all of it.
//
// It may import jennifer, generator/emit, generator/model and generator/naming.
package mock

import (
	"strings"

	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// Package returns the name of the package with the mocks of a client, and of its folder.
func Package(client string) string { return client + "mock" }

// Gen returns the files of the mock package, which lies in a folder below the
// client's.
func Gen(api *model.API) []*emit.File {
	e := emitter{emit.Companion{API: api, Name: Package(api.Package)}}
	files := []*emit.File{e.docFile(), e.apiFile()}
	for _, g := range api.Groups {
		files = append(files, e.groupFile(g))
	}
	return files
}

type emitter struct{ emit.Companion }

func (e emitter) docFile() *emit.File {
	f := e.NewFile("doc_gen.go")
	f.PackageComment(emit.Text("Package " + e.Name + " holds mocks of the interfaces of package " + e.API.Package + ".\n\n# Use\n\n" +
		"A mock is made for one test. It fails the test on a call that no expectation matches. When the test ends, it checks that every expectation was met." +
		" Expectations are set through EXPECT, with the types of the operation. Mocks are safe for concurrent use.\n\n" +
		"The mock API has all operations, and each of the others a group: NewAPI and its likes make them. Methods that are made of several calls, such as those that list all pages or wait," +
		" do what those of the client do with the operations that are expected, unless they are expected themselves."))
	return f
}

// methods names the struct that holds the mocked operations of a group.
func methods(g *model.Group) string {
	return strings.TrimSuffix(naming.Unexported(g.Name), "_") + "Methods"
}

// groupFile emits the mock of one group:
//
//	type nodesMethods struct { mock *roamock.Mock }
//	func (m nodesMethods) X(ctx, in, opts...) (*ack.XResponse, error) { ... }
//	type NodesAPI struct { *roamock.Mock; nodesMethods }
func (e emitter) groupFile(g *model.Group) *emit.File {
	f := e.NewFile(g.File + "_gen.go")
	e.mockType(f, g.Interface, []*model.Group{g})
	f.Comment("// " + methods(g) + " are the mocked operations of the group.")
	f.Type().Id(methods(g)).Struct(Id("mock").Op("*").Qual(emit.Roamock, "Mock"))
	f.Add(emit.Comment(expecter(g.Interface) + " sets expectations on the operations of the group " + g.Name + "." +
		" Every argument is a value to compare with or a matcher of testify, such as mock.Anything."))
	f.Type().Id(expecter(g.Interface)).Struct(Id("mock").Op("*").Qual(emit.Roamock, "Mock"))
	for _, op := range g.Operations {
		e.operation(f, g, op)
		e.expectation(f, g, op)
		e.builtOn(f, g, op)
	}
	return f
}

// apiFile emits the mock of all operations, made of the groups' methods.
func (e emitter) apiFile() *emit.File {
	f := e.NewFile("api_gen.go")
	e.mockType(f, "API", e.API.Groups)
	f.Add(emit.Comment("APIExpecter sets expectations on every operation. See the expecters of the groups."))
	f.Type().Id("APIExpecter").StructFunc(func(s *Group) {
		for _, g := range e.API.Groups {
			s.Id(expecter(g.Interface))
		}
	})
	return f
}

func expecter(iface string) string { return iface + "Expecter" }

// mockType emits
//
//	type NodesAPI struct { *roamock.Mock; nodesMethods }
//	var _ ack.NodesAPI = (*NodesAPI)(nil)
//	func NewNodesAPI(t roamock.TestingT) *NodesAPI { ... }
//	func (m *NodesAPI) EXPECT() NodesAPIExpecter { ... }
func (e emitter) mockType(f *emit.File, iface string, groups []*model.Group) {
	f.Add(emit.Comment(iface + " mocks " + e.API.Package + "." + iface + ". Make one with [New" + iface + "]."))
	f.Type().Id(iface).StructFunc(func(s *Group) {
		s.Op("*").Qual(emit.Roamock, "Mock")
		for _, g := range groups {
			s.Id(methods(g))
		}
	})
	f.Var().Id("_").Qual(e.API.ImportPath, iface).Op("=").Params(Op("*").Id(iface)).Params(Nil())
	f.Add(emit.Comment("New" + iface + " returns a mock that reports to t and checks its expectations when the test ends."))
	f.Func().Id("New"+iface).Params(Id("t").Qual(emit.Roamock, "TestingT")).Op("*").Id(iface).Block(
		Id("m").Op(":=").Qual(emit.Roamock, "New").Call(Id("t")),
		Return(Op("&").Id(iface).ValuesFunc(func(v *Group) {
			v.Id("Mock").Op(":").Id("m")
			for _, g := range groups {
				v.Id(methods(g)).Op(":").Id(methods(g)).Values(Id("mock").Op(":").Id("m"))
			}
		})),
	)
	f.Comment("// EXPECT starts an expectation.")
	f.Func().Params(Id("m").Op("*").Id(iface)).Id("EXPECT").Params().Id(expecter(iface)).Block(
		Return(expecterValue(iface, groups)),
	)
}

// expecterValue returns NodesAPIExpecter{mock: m.Mock}, or for the whole API the
// expecters of all groups.
func expecterValue(iface string, groups []*model.Group) *Statement {
	if iface != "API" {
		return Id(expecter(iface)).Values(Id("mock").Op(":").Id("m").Dot("Mock"))
	}
	return Id(expecter(iface)).ValuesFunc(func(v *Group) {
		for _, g := range groups {
			v.Id(expecter(g.Interface)).Op(":").Id(expecter(g.Interface)).Values(Id("mock").Op(":").Id("m").Dot("Mock"))
		}
	})
}

// operation emits
//
//	func (m nodesMethods) X(ctx, in, opts...) (*ack.XResponse, error) {
//		return roamock.Invoke[*ack.XResponse](ctx, m.mock, "X", in, opts)
//	}
func (e emitter) operation(f *emit.File, g *model.Group, op *model.Operation) {
	f.Comment("// " + op.Name + " responds as the expectations say.")
	e.method(f, g, op.Name).Add(emit.Signature(op, "CallOption", e.API.ImportPath)).Block(
		Return(Qual(emit.Roamock, "Invoke").Types(emit.Out(op, e.API.ImportPath)).Call(
			Id("ctx"), Id("m").Dot("mock"), Lit(op.Name), Id("in"), Id("opts"))),
	)
}

// method starts a method of the mocks of a group.
func (e emitter) method(f *emit.File, g *model.Group, name string) *Statement {
	return f.Func().Params(Id("m").Id(methods(g))).Id(name)
}

// expectation emits
//
//	func (e NodesAPIExpecter) X(ctx, in, opts any) *roamock.Call[*ack.XRequest, *ack.XResponse] {
//		return roamock.On[*ack.XRequest, *ack.XResponse](e.mock, "X", ctx, in, opts)
//	}
func (e emitter) expectation(f *emit.File, g *model.Group, op *model.Operation) {
	e.expecterMethod(f, g, op.Name, "Call", "On", e.types(op, emit.Out(op, e.API.ImportPath)))
}

// types returns the type arguments [*ack.XRequest, result].
func (e emitter) types(op *model.Operation, result *Statement) []Code {
	return []Code{Op("*").Qual(e.API.ImportPath, op.Request.Name), result}
}

// expecterMethod emits a method that returns an expectation of the type result, made
// by a function of roamock. further are parameters between the request and the
// options.
func (e emitter) expecterMethod(f *emit.File, g *model.Group, name, result, on string, types []Code, further ...Code) {
	params := append(append([]Code{Id("ctx"), Id("in")}, further...), Id("opts"))
	f.Comment("// " + name + " expects a call of the method.")
	f.Func().Params(Id("e").Id(expecter(g.Interface))).Id(name).Params(List(params...).Any()).
		Op("*").Qual(emit.Roamock, result).Types(types...).Block(
		Return(Qual(emit.Roamock, on).Types(types...).Call(append([]Code{Id("e").Dot("mock"), Lit(name)}, params...)...)),
	)
}
