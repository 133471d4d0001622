package mock

import (
	"slices"

	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// builtOn emits the methods that clients build on an operation. They respond as their
// own expectations say, and without any do what clients do, with mocked operations.
func (e emitter) builtOn(f *emit.File, g *model.Group, op *model.Operation) {
	if p := op.Pager; p != nil {
		e.ranges(f, g, op, p.All, "All", emit.Type(p.Item, e.API.ImportPath))
		e.ranges(f, g, op, p.Pages, "Pages", emit.Out(op, e.API.ImportPath))
	}
	for _, w := range op.Waiters {
		e.waits(f, g, op, w)
	}
	if op.Task != nil {
		e.awaits(f, g, op)
	}
}

// ranges emits
//
//	func (m nodesMethods) XAll(ctx, in, opts...) iter.Seq2[ack.Item, error] {
//		return roamock.InvokeRange(ctx, m.mock, "XAll", in, opts, ack.XPager.All(ctx, m.X, in, opts...))
//	}
//	func (e NodesAPIExpecter) XAll(ctx, in, opts any) *roamock.Range[*ack.XRequest, ack.Item] { ... }
func (e emitter) ranges(f *emit.File, g *model.Group, op *model.Operation, name, call string, item *Statement) {
	pages := Qual(e.API.ImportPath, op.Pager.Name).Dot(call).Call(Id("ctx"), Id("m").Dot(op.Name), Id("in"), Id("opts").Op("..."))
	e.comment(f, name, op)
	e.method(f, g, name).Add(emit.RangeSignature(op, item.Clone(), e.API.ImportPath)).Block(
		Return(Qual(emit.Roamock, "InvokeRange").Call(Id("ctx"), Id("m").Dot("mock"), Lit(name), Id("in"), Id("opts"), pages)),
	)
	e.expecterMethod(f, g, name, "Range", "OnRange", e.types(op, item.Clone()))
}

func (e emitter) comment(f *emit.File, name string, op *model.Operation) {
	f.Add(emit.Comment(name + " responds as its expectations say, and without any calls " + op.Name + "."))
}

// waits emits
//
//	func (m nodesMethods) WaitX(ctx, in, opts...) (*ack.XResponse, error) {
//		return roamock.InvokeWait(ctx, m.mock, "WaitX", in, opts, func() (*ack.XResponse, error) {
//			return ack.XWaiter.Wait(ctx, m.X, in, opts...)
//		})
//	}
//	func (e NodesAPIExpecter) WaitX(ctx, in, opts any) *roamock.Wait[*ack.XRequest, *ack.XResponse] { ... }
func (e emitter) waits(f *emit.File, g *model.Group, op *model.Operation, w *model.Waiter) {
	args := []Code{Id("ctx"), Id("m").Dot(op.Name), Id("in")}
	var count []Code
	call := "Wait"
	if w.Items != nil {
		count, call = []Code{Id("count")}, "WaitCount"
	}
	args = append(append(args, count...), Id("opts").Op("..."))
	wait := Qual(e.API.ImportPath, w.Name).Dot(call).Call(args...)
	e.comment(f, w.Method, op)
	e.method(f, g, w.Method).Add(emit.WaitSignature(op, w, e.API.ImportPath)).Block(e.invokeWait(op, w.Method, wait, count))
	e.expecterMethod(f, g, w.Method, "Wait", "OnWait", e.types(op, emit.Out(op, e.API.ImportPath)), count...)
}

// awaits emits XAndWait in the manner of waits. The polls are mocked by the methods
// of the group that they belong to, which may be another one.
func (e emitter) awaits(f *emit.File, g *model.Group, op *model.Operation) {
	t := op.Task
	poller := Id("m")
	if other := e.groupOf(t.Wait); other != g {
		poller = Id(methods(other)).Call(Id("m"))
	}
	wait := Qual(e.API.ImportPath, t.Name).Dot("CallAndWait").Call(
		Id("ctx"), Id("m").Dot(op.Name), poller.Dot(t.Wait.Name), Id("in"), Id("opts").Op("..."))
	f.Add(emit.Comment(t.Method + " responds as its expectations say, and without any calls " + op.Name + " and " + t.Wait.Name + "."))
	e.method(f, g, t.Method).Add(emit.Signature(op, "WaitOption", e.API.ImportPath)).Block(e.invokeWait(op, t.Method, wait, nil))
	e.expecterMethod(f, g, t.Method, "Wait", "OnWait", e.types(op, emit.Out(op, e.API.ImportPath)))
}

func (e emitter) invokeWait(op *model.Operation, name string, wait *Statement, further []Code) *Statement {
	args := []Code{
		Id("ctx"), Id("m").Dot("mock"), Lit(name), Id("in"), Id("opts"),
		Func().Params().Add(emit.Results(op, e.API.ImportPath)).Block(Return(wait)),
	}
	return Return(Qual(emit.Roamock, "InvokeWait").Call(append(args, further...)...))
}

// groupOf returns the group that an operation belongs to.
func (e emitter) groupOf(op *model.Operation) *model.Group {
	for _, g := range e.API.Groups {
		if slices.Contains(g.Operations, op) {
			return g
		}
	}
	return nil
}
