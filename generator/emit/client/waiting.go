package client

import (
	"strings"
	"time"

	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// waiter emits
//
//	var waiterThingReady = roa.Waiter[XRequest, XResponse]{
//		Name:    "ThingReady",
//		State:   func(out *XResponse) string { return out.State },
//		Success: []string{"ready"},
//	}
//	func (c *Client) WaitThingReady(ctx context.Context, in *XRequest, opts ...roa.WaitOption) (*XResponse, error) {
//		return waiterThingReady.Wait(ctx, c.X, in, opts...)
//	}
//
// A waiter that counts items takes their number after the request.
func waiter(f *emit.File, op *model.Operation, w *model.Waiter, importPath string) {
	f.Var().Id(waiterVar(w)).Op("=").Add(waiterType(op), fields(waiterFields(op, w, importPath)...))
	f.Add(emit.Comment(waitDoc(op, w)))
	args := []Code{Id("ctx"), Id("c").Dot(op.Name), Id("in")}
	call := "Wait"
	if w.Items != nil {
		args, call = append(args, Id("count")), "WaitCount"
	}
	args = append(args, Id("opts").Op("..."))
	clientMethod(f, w.Method).Add(emit.WaitSignature(op, w, importPath)).Block(Return(Id(waiterVar(w)).Dot(call).Call(args...)))
}

func waiterVar(w *model.Waiter) string { return "waiter" + w.Label }

func waiterType(op *model.Operation) *Statement {
	return Qual(emit.Roa, "Waiter").Types(Id(op.Request.Name), Id(op.Response.Name))
}

func waitDoc(op *model.Operation, w *model.Waiter) string {
	what := "the state is " + orList(w.Success)
	switch {
	case w.Items != nil:
		what = "at least count items are in the state " + orList(w.Success)
	case len(w.Success) == 0:
		what = "the service says that it is gone"
	case len(w.Gone) > 0:
		what += " or the service says that it is gone"
	}
	doc := w.Method + " polls [Client." + op.Name + "] until " + what + ". It returns the last response, never nil without an error."
	if len(w.Failure) > 0 {
		doc += failureDoc(w)
	}
	if w.Result != nil {
		doc += " A " + resultName(w) + " of " + orList(w.FailedResults) + " in that response is a [*roa.TaskError]."
	}
	return doc + " A timeout, a canceled context and a refusal are a [*roa.WaitError]. Polls start " + durationText(w.Delay) + " apart and slow down to " + durationText(w.MaxDelay) + ". Without a limit by the context or [roa.WaitTimeout] it goes on for ever."
}

func failureDoc(w *model.Waiter) string {
	if w.Items != nil {
		return " It ends with a [*roa.TaskError] when items are in the state " + orList(w.Failure) + " and the others are fewer than count."
	}
	return " The state " + orList(w.Failure) + " ends it with a [*roa.TaskError]."
}

// resultName returns the field that tells how it went, as it is found in the
// response.
func resultName(w *model.Waiter) string {
	names := make([]string, len(w.Result.Steps))
	for i, s := range w.Result.Steps {
		names[i] = s.Field
	}
	return strings.Join(names, ".")
}

// durationText writes 90s as 1m30s and an hour as 1h.
func durationText(d time.Duration) string {
	return strings.NewReplacer("m0s", "m", "h0m0s", "h", "h0m", "h").Replace(d.String())
}

// orList writes a, b or c.
func orList(values []string) string {
	last := len(values) - 1
	if last < 1 {
		return strings.Join(values, "")
	}
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

func waiterFields(op *model.Operation, w *model.Waiter, importPath string) []Code {
	out := []Code{Id("Name").Op(":").Lit(w.Label)}
	if w.Items == nil {
		out = append(out, Id("State").Op(":").Add(getter(op.Response.Name, String(), &w.State, Lit(""), stateText(w.State.Type))))
	} else {
		out = append(out, Id("States").Op(":").Add(texts(op, w, importPath, func(g *Group) {
			follow(g, "item", &w.State, Lit(""), stateText(w.State.Type))
		})))
		if w.ID != nil {
			out = append(out, Id("IDs").Op(":").Add(texts(op, w, importPath, func(g *Group) { itemID(g, w.ID) })))
		}
		if op.Pager != nil {
			out = append(out, Id("Pages").Op(":").Id(pagerVar(op)).Dot("Pages"))
		}
	}
	if w.TaskField != "" {
		out = append(out, Id("TaskID").Op(":").Func().Params(emit.In(op, importPath)).String().Custom(emit.Line, Return(Id("in").Dot(w.TaskField))))
	}
	for _, list := range []struct {
		name   string
		values []string
	}{{"Success", w.Success}, {"Failure", w.Failure}, {"Pending", w.Pending}} {
		if len(list.values) > 0 {
			out = append(out, Id(list.name).Op(":").Index().String().Add(stringValues(list.values)))
		}
	}
	if w.Result != nil {
		out = append(out,
			Id("Result").Op(":").Add(getter(op.Response.Name, String(), w.Result, Lit(""), stateText(w.Result.Type))),
			Id("FailedResults").Op(":").Index().String().Add(stringValues(w.FailedResults)))
	}
	if len(w.Gone) > 0 {
		out = append(out, Id("Gone").Op(":").Index().Qual(emit.Roa, "Code").Add(stringValues(w.Gone)))
	}
	out = append(out, Id("Delay").Op(":").Add(duration(w.Delay)), Id("MaxDelay").Op(":").Add(duration(w.MaxDelay)))
	if w.Stage != nil || w.Code != nil || w.Message != nil {
		out = append(out, Id("Explain").Op(":").Add(explain(op, w)))
	}
	return out
}

// texts emits
//
//	func(out *XResponse) []string {
//		return roa.TextsOf(out.Things, func(item *Thing) string { return item.State })
//	}
func texts(op *model.Operation, w *model.Waiter, importPath string, ofItem func(*Group)) *Statement {
	item := emit.Type(*w.Items.Type.Elem, importPath)
	text := Func().Params(Id("item").Op("*").Add(item)).String().BlockFunc(ofItem)
	value := Id("out")
	return Func().Params(Id("out").Op("*").Id(op.Response.Name)).Index().String().BlockFunc(func(g *Group) {
		for _, s := range w.Items.Steps {
			value = value.Clone().Dot(s.Field)
			if s.Pointer {
				g.If(value.Clone().Op("==").Nil()).Block(Return(Nil()))
			}
		}
		g.Return(Qual(emit.Roa, "TextsOf").Call(value, text))
	})
}

// itemID emits what returns the id of an item. A number that the response lacks is
// zero; it must not become the same id for all items.
func itemID(g *Group, p *model.Path) {
	value := reach(g, "item", p, Lit(""))
	if p.Type.Kind == model.KindString {
		g.Return(value)
		return
	}
	g.If(value.Clone().Op("==").Lit(0)).Block(Return(Lit("")))
	g.Return(Add(stateText(p.Type)).Call(value))
}

// explain emits
//
//	func(out *XResponse) roa.TaskFailure {
//		return roa.TaskFailure{Stage: out.CurrentStage, Code: out.Error.Code, Message: out.Error.Message}
//	}
func explain(op *model.Operation, w *model.Waiter) *Statement {
	return Func().Params(Id("out").Op("*").Id(op.Response.Name)).Qual(emit.Roa, "TaskFailure").BlockFunc(func(g *Group) {
		var values []Code
		for _, p := range []struct {
			name string
			path *model.Path
		}{{"Stage", w.Stage}, {"Code", w.Code}, {"Message", w.Message}} {
			if p.path == nil {
				continue
			}
			value := Id("out")
			for _, s := range p.path.Steps {
				value = value.Clone().Dot(s.Field)
			}
			if conversion := stateText(p.path.Type); conversion != nil {
				value = Add(conversion).Call(value)
			}
			values = append(values, Id(p.name).Op(":").Add(value))
		}
		g.Return(Qual(emit.Roa, "TaskFailure").Values(values...))
	})
}

// duration emits 90*time.Second, in the largest unit that fits.
func duration(d time.Duration) *Statement {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}} {
		if d%unit.size == 0 {
			return Lit(int(d/unit.size)).Op("*").Qual("time", unit.name)
		}
	}
	return Lit(int(d/time.Millisecond)).Op("*").Qual("time", "Millisecond")
}
