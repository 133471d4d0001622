package fake

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// pagesFile emits for each operation with pages
//
//	var pagesX = roafake.Pages[ack.XRequest, ack.XResponse, ack.Item]{
//		Pager: ack.XPager,
//		Items: func(out *ack.XResponse) *[]ack.Item { return &out.Items },
//		Total: func(out *ack.XResponse) roa.NumberField { return roa.Number(&out.TotalCount) },
//	}
//
// and a block of variables that point to these.
func (e emitter) pagesFile(ops []*model.Operation) *emit.File {
	f := e.NewFile("pages_gen.go")
	var all []emit.Variable
	for _, op := range ops {
		item := emit.Type(op.Pager.Item, e.API.ImportPath)
		v := emit.Variable{
			Name: op.Pager.Pages, Doc: op.Pager.Pages + " responds to " + op.Name + ".", Value: "pages" + op.Name,
			Type: Qual(emit.Roafake, "Pages").Types(Qual(e.API.ImportPath, op.Request.Name), Qual(e.API.ImportPath, op.Response.Name), item),
		}
		f.Var().Id(v.Value).Op("=").Add(v.Type, fields(e.pageFields(op, item)...))
		all = append(all, v)
	}
	f.Variables("Pages respond to an operation with the pages of a list. See [roafake.Pages].", all)
	return f
}

func (e emitter) pageFields(op *model.Operation, item *Statement) []Code {
	p := op.Pager
	out := []Code{Id("Pager").Op(":").Qual(e.API.ImportPath, p.Name)}
	if p.DefaultSize > 0 {
		out = append(out, Id("DefaultSize").Op(":").Lit(int(p.DefaultSize)))
	}
	out = append(out, Id("Items").Op(":").Add(e.field(op, Op("*").Index().Add(item.Clone()), &p.Items)))
	if p.Next != nil {
		out = append(out, Id("Next").Op(":").Add(e.field(op, Op("*").String(), p.Next)))
	}
	for _, number := range []struct {
		name string
		path *model.Path
	}{{"Total", p.Total}, {"Number", p.RepeatedPage}, {"Size", p.RepeatedSize}} {
		if number.path != nil {
			out = append(out, Id(number.name).Op(":").Add(e.number(op, number.path)))
		}
	}
	return out
}
