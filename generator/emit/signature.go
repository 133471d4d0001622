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
	return jen.Params(jen.Op("*").Qual(importPath, op.Response.Name), jen.Error())
}
