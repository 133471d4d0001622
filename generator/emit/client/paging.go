package client

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// pager emits
//
//	var pagerX = roa.Pager[XRequest, XResponse, Item]{
//		Items: func(out *XResponse) []Item { return out.Items },
//		Page:  func(in *XRequest) roa.NumberField { return roa.Number(&in.PageNumber) },
//	}
//	func (c *Client) XAll(ctx context.Context, in *XRequest, opts ...roa.CallOption) iter.Seq2[Item, error] {
//		return pagerX.All(ctx, c.X, in, opts...)
//	}
//	func (c *Client) XPages(ctx context.Context, in *XRequest, opts ...roa.CallOption) iter.Seq2[*XResponse, error] {
//		return pagerX.Pages(ctx, c.X, in, opts...)
//	}
func pager(f *emit.File, op *model.Operation, importPath string) {
	p := op.Pager
	item := emit.Type(p.Item, importPath)
	f.Var().Id(pagerVar(op)).Op("=").Add(pagerType(op, importPath), fields(pagerFields(op, item, importPath)...))
	f.Add(emit.Comment(p.All + " ranges over the items of all pages of [Client." + op.Name + "]. It asks for a page when the items before it are used up, and ends with the first error, which it yields. The request is not changed; its " + begin(p) + " where it begins."))
	pagerMethod(f, op, p.All, "All", item, importPath)
	f.Add(emit.Comment(p.Pages + " is like [Client." + p.All + "] and ranges over whole pages."))
	pagerMethod(f, op, p.Pages, "Pages", emit.Out(op, importPath), importPath)
}

func pagerVar(op *model.Operation) string { return "pager" + op.Name }

func pagerType(op *model.Operation, importPath string) *Statement {
	return Qual(emit.Roa, "Pager").Types(Id(op.Request.Name), Id(op.Response.Name), emit.Type(op.Pager.Item, importPath))
}

// begin says which fields of the request say where to begin.
func begin(p *model.Pager) string {
	fields := "page"
	if p.Token != "" {
		fields = "token"
	}
	if p.Size == "" {
		return fields + " is"
	}
	return fields + " and size are"
}

func pagerFields(op *model.Operation, item *Statement, importPath string) []Code {
	p := op.Pager
	out := []Code{Id("Name").Op(":").Lit(op.Name), Id("Items").Op(":").Add(getter(op.Response.Name, Index().Add(item.Clone()), &p.Items, Nil(), nil))}
	if p.Page != "" {
		out = append(out, Id("Page").Op(":").Add(numberField(op, p.Page, importPath)))
	}
	if p.Size != "" {
		out = append(out, Id("Size").Op(":").Add(numberField(op, p.Size, importPath)))
	}
	if p.Total != nil {
		out = append(out, Id("Total").Op(":").Add(getter(op.Response.Name, Int64(), p.Total, Lit(0), Int64())))
	}
	if p.Token != "" {
		token := Func().Params(emit.In(op, importPath)).Op("**").String().Custom(emit.Line, Return(Op("&").Id("in").Dot(p.Token)))
		out = append(out, Id("Token").Op(":").Add(token), Id("Next").Op(":").Add(getter(op.Response.Name, String(), p.Next, Lit(""), nil)))
	}
	if p.MaxSize > 0 {
		out = append(out, Id("MaxSize").Op(":").Lit(int(p.MaxSize)))
	}
	return out
}

func numberField(op *model.Operation, field, importPath string) *Statement {
	return Func().Params(emit.In(op, importPath)).Qual(emit.Roa, "NumberField").Custom(emit.Line,
		Return(Qual(emit.Roa, "Number").Call(Op("&").Id("in").Dot(field))),
	)
}

func pagerMethod(f *emit.File, op *model.Operation, name, call string, elem *Statement, importPath string) {
	clientMethod(f, name).Add(emit.RangeSignature(op, elem.Clone(), importPath)).Block(
		Return(Id(pagerVar(op)).Dot(call).Call(Id("ctx"), Id("c").Dot(op.Name), Id("in"), Id("opts").Op("..."))),
	)
}
