package models

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// copyMethod emits
//
//	// ToNodeSpec returns a new NodeSpec with the values of the fields that both types have.
//	func (from *Node) ToNodeSpec() *NodeSpec {
//		if from == nil {
//			return nil
//		}
//		return &NodeSpec{
//			Size: roa.NonZero(from.Size),
//		}
//	}
func copyMethod(f *emit.File, s *model.Struct, c *model.Copy, importPath string) {
	to := func() *Statement { return Qual(importPath, c.To) }
	f.Add(emit.Comment(c.Doc))
	f.Func().Params(Id("from").Op("*").Qual(importPath, s.Name)).Id(c.Method).Params().Op("*").Add(to()).Block(
		If(Id("from").Op("==").Nil()).Block(Return(Nil())),
		Return(Op("&").Add(to()).CustomFunc(Options{Open: "{", Close: "}", Separator: ",", Multi: true}, func(g *Group) {
			for _, field := range c.Fields {
				g.Id(field.To).Op(":").Add(copied(field, importPath))
			}
		})),
	)
}

// copied returns the expression of a copied field.
func copied(f model.CopiedField, importPath string) *Statement {
	value := Id("from").Dot(f.From)
	switch f.How {
	case model.CopyNonZero:
		return nonZero(value)
	case model.CopyValue:
		return Qual(emit.Roa, "Value").Call(value)
	case model.CopyText:
		return textOf(f.Through, importPath).Call(value)
	case model.CopyNonZeroText:
		return nonZero(textOf(f.Through, importPath).Call(value))
	case model.CopyStruct:
		return value.Dot(f.Through).Call()
	case model.CopyNonZeroStruct:
		return nonZero(value).Dot(f.Through).Call()
	case model.CopyIntoStruct:
		return Qual(emit.Roa, "Value").Call(value.Dot(f.Through).Call())
	case model.CopyList:
		return Qual(emit.Roa, "CopyList").Call(value, Parens(Op("*").Qual(importPath, f.Item)).Dot(f.Through))
	default:
		return value
	}
}

func nonZero(value Code) *Statement { return Qual(emit.Roa, "NonZero").Call(value) }

func textOf(name, importPath string) *Statement {
	if name == string(model.KindString) {
		return Id(name)
	}
	return Qual(importPath, name)
}
