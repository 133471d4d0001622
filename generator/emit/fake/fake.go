// Package fake emits the overrides of a fake server: a struct with a function for each
// operation, and variables that respond with pages and with tasks.
//
// It may import jennifer, generator/emit and generator/model.
package fake

import (
	"slices"

	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// Package returns the name of the package with the overrides for a client, and of its
// folder.
func Package(client string) string { return client + "fake" }

// Gen returns the files of the package of the overrides, which lies in a folder below
// the client's.
func Gen(api *model.API) []*emit.File {
	e := emitter{emit.Companion{API: api, Name: Package(api.Package)}}
	files := []*emit.File{e.docFile(), e.overridesFile()}
	if ops := e.having(func(op *model.Operation) bool { return op.Pager != nil }); len(ops) > 0 {
		files = append(files, e.pagesFile(ops))
	}
	if ops := e.having(func(op *model.Operation) bool { return op.Task != nil }); len(ops) > 0 {
		files = append(files, e.tasksFile(ops))
	}
	return files
}

type emitter struct{ emit.Companion }

// having returns the operations that a function picks, in the order of the groups.
func (e emitter) having(pick func(*model.Operation) bool) []*model.Operation {
	var out []*model.Operation
	for _, g := range e.API.Groups {
		for _, op := range g.Operations {
			if pick(op) {
				out = append(out, op)
			}
		}
	}
	return out
}

func (e emitter) docFile() *emit.File {
	f := e.NewFile("doc_gen.go")
	f.PackageComment(emit.Text("Package " + e.Name + " lets tests say what a fake server responds to the requests of package " + e.API.Package + ".\n\n# Use\n\n" +
		"[Overrides] has a function for each operation; those that are nil leave the operation to the server. A variable that ends in Pages makes such a function of the items of a list," +
		" and one that ends in Task overrides that let a task go from state to state. They are shared and must not be changed."))
	return f
}

// overridesFile emits
//
//	type Overrides struct {
//		// X does it.
//		X func(ctx context.Context, in *ack.XRequest) (*ack.XResponse, error)
//	}
//	func (o Overrides) OverrideFunctions() []roafake.Function {
//		return roafake.Set(
//			roafake.Func("X", o.X),
//		)
//	}
func (e emitter) overridesFile() *emit.File {
	f := e.NewFile("overrides_gen.go")
	all := e.having(func(*model.Operation) bool { return true })
	f.Add(emit.Comment("Overrides are functions that respond to requests in place of a fake server, one for each operation. A nil one leaves the operation to the server, and so" +
		" does [roafake.Pass] a single request. An error that is or wraps a [*roa.APIError] is sent with its status, code, message and headers; any other is a fault of the test," +
		" which the client gets as status 501. A nil response without an error is an empty one. Functions are called by several goroutines at once."))
	f.Type().Id("Overrides").StructFunc(func(s *Group) {
		for _, op := range all {
			s.Add(emit.Comment(op.Summary))
			s.Id(op.Name).Func().Params(emit.Ctx(), emit.In(op, e.API.ImportPath)).Add(emit.Results(op, e.API.ImportPath))
		}
	})
	f.Add(emit.Comment("OverrideFunctions returns the functions that are set, for the server."))
	f.Func().Params(Id("o").Id("Overrides")).Id("OverrideFunctions").Params().Index().Qual(emit.Roafake, "Function").Block(
		Return(Qual(emit.Roafake, "Set").Custom(Options{Open: "(", Close: ")", Separator: ",", Multi: true}, e.functions(all)...)),
	)
	return f
}

func (e emitter) functions(ops []*model.Operation) []Code {
	out := make([]Code, len(ops))
	for i, op := range ops {
		out[i] = Qual(emit.Roafake, "Func").Call(Lit(op.Action), Id("o").Dot(op.Name))
	}
	return out
}

// field emits a function that returns a field of a response:
//
//	func(out *ack.XResponse) *string { return &out.TaskID }
func (e emitter) field(op *model.Operation, result Code, p *model.Path) *Statement {
	value, made := reach(p)
	if !made {
		value = Op("&").Add(value)
	}
	return e.accessor(op, result, value)
}

// number emits the same for a number, of whatever type it is:
//
//	func(out *ack.XResponse) roa.NumberField { return roa.Number(&out.Page.TotalCount) }
func (e emitter) number(op *model.Operation, p *model.Path) *Statement {
	plain := *p
	plain.Steps = slices.Clone(p.Steps)
	plain.Steps[len(p.Steps)-1].Pointer = false
	value, _ := reach(&plain)
	return e.accessor(op, Qual(emit.Roa, "NumberField"), Qual(emit.Roa, "Number").Call(Op("&").Add(value)))
}

func (e emitter) accessor(op *model.Operation, result, value Code) *Statement {
	return Func().Params(Id("out").Add(emit.Out(op, e.API.ImportPath))).Add(result).Custom(emit.Line, Return(value))
}

// reach emits what leads to the end of a path, such as roafake.Made(&out.Page).TotalCount.
// It reports whether that is a pointer, which Made returns.
func reach(p *model.Path) (value *Statement, made bool) {
	value = Id("out")
	for _, s := range p.Steps {
		value = value.Clone().Dot(s.Field)
		if made = s.Pointer; made {
			value = Qual(emit.Roafake, "Made").Call(Op("&").Add(value))
		}
	}
	return value, made
}

// fields returns the braces of a composite literal with one field per line.
func fields(values ...Code) *Statement {
	return Custom(Options{Open: "{", Close: "}", Separator: ",", Multi: true}, values...)
}
