package client

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// groupInterface emits what a client has of a group: the operations, and the
// methods that are built on them.
//
//	type NodesAPI interface {
//		XCaller
//		// XAll ranges over the items of all pages of X.
//		XAll(ctx context.Context, in *XRequest, opts ...roa.CallOption) iter.Seq2[Item, error]
//	}
func groupInterface(f *emit.File, g *model.Group, importPath string) {
	f.Add(emit.Comment(g.Interface + " holds the operations of the group " + g.Name +
		". It grows with the service, as [API] does.\n\n" + g.Doc))
	f.Type().Id(g.Interface).InterfaceFunc(func(i *Group) {
		for _, op := range g.Operations {
			i.Id(op.Caller)
		}
		for _, op := range g.Operations {
			builtOn(i, op, importPath)
		}
	})
}

// builtOn emits the methods that call an operation more than once.
func builtOn(i *Group, op *model.Operation, importPath string) {
	if p := op.Pager; p != nil {
		i.Add(emit.Comment(p.All + " ranges over the items of all pages of " + op.Name + "."))
		i.Id(p.All).Add(emit.RangeSignature(op, emit.Type(p.Item, importPath), importPath))
		i.Add(emit.Comment(p.Pages + " ranges over the pages of " + op.Name + "."))
		i.Id(p.Pages).Add(emit.RangeSignature(op, emit.Out(op, importPath), importPath))
	}
	for _, w := range op.Waiters {
		i.Add(emit.Comment(w.Method + " polls " + op.Name + ". See [Client." + w.Method + "]."))
		i.Id(w.Method).Add(emit.WaitSignature(op, w, importPath))
	}
	if t := op.Task; t != nil {
		i.Add(emit.Comment(t.Method + " calls " + op.Name + " and waits for its task."))
		i.Id(t.Method).Add(emit.Signature(op, "WaitOption", importPath))
	}
}

// caller emits the interface of one operation, for programs that need no other:
//
//	type XCaller interface {
//		// X does it.
//		X(ctx context.Context, in *XRequest, opts ...roa.CallOption) (*XResponse, error)
//	}
func caller(f *emit.File, op *model.Operation, importPath string) {
	f.Add(emit.Comment(op.Caller + " has the operation " + op.Name + " and no other."))
	f.Type().Id(op.Caller).Interface(
		emit.Comment(op.Summary),
		Id(op.Name).Add(emit.Signature(op, "CallOption", importPath)),
	)
}
