package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/ackgen/ackgen/generator/model"
)

// Signature returns the parameters and results that every operation has, with
// options of a type of the runtime:
//
//	(ctx context.Context, in *XRequest, opts ...roa.CallOption) (*XResponse, error)
func Signature(op *model.Operation, option, importPath string) *jen.Statement {
	return jen.Params(Ctx(), In(op, importPath), Opts(option)).Add(Results(op, importPath))
}

// RangeSignature returns the parameters and the result of a method that ranges
// over pages or their items:
//
//	(ctx context.Context, in *XRequest, opts ...roa.CallOption) iter.Seq2[Item, error]
func RangeSignature(op *model.Operation, item *jen.Statement, importPath string) *jen.Statement {
	return jen.Params(Ctx(), In(op, importPath), Opts("CallOption")).Qual("iter", "Seq2").Types(item, jen.Error())
}

// WaitSignature returns the parameters and results of a method that waits for a
// state; one that counts items takes their number:
//
//	(ctx context.Context, in *XRequest, count int, opts ...roa.WaitOption) (*XResponse, error)
func WaitSignature(op *model.Operation, w *model.Waiter, importPath string) *jen.Statement {
	params := []jen.Code{Ctx(), In(op, importPath)}
	if w.Items != nil {
		params = append(params, jen.Id("count").Int())
	}
	return jen.Params(append(params, Opts("WaitOption"))...).Add(Results(op, importPath))
}

// Out returns the type of a response, *XResponse.
func Out(op *model.Operation, importPath string) *jen.Statement {
	return jen.Op("*").Qual(importPath, op.Response.Name)
}

// Ctx returns the parameter ctx context.Context.
func Ctx() *jen.Statement { return jen.Id("ctx").Qual("context", "Context") }

// In returns the parameter in *XRequest.
func In(op *model.Operation, importPath string) *jen.Statement {
	return jen.Id("in").Op("*").Qual(importPath, op.Request.Name)
}

// Opts returns the parameter opts ...roa.Option of a type of options.
func Opts(option string) *jen.Statement { return jen.Id("opts").Op("...").Qual(Roa, option) }

// Results returns the results (*XResponse, error).
func Results(op *model.Operation, importPath string) *jen.Statement {
	return jen.Params(Out(op, importPath), jen.Error())
}
