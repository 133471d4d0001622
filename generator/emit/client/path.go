package client

import (
	"slices"

	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// follow emits what returns the value at the end of a path, such as
//
//	if out.Page == nil {
//		return 0
//	}
//	return int64(out.Page.TotalCount)
//
// The conversion is a type or a function and may be nil.
func follow(g *Group, param string, p *model.Path, zero, conversion Code) {
	value := reach(g, param, p, zero)
	if conversion != nil {
		value = Add(conversion).Call(value)
	}
	g.Return(value)
}

// reach emits the checks on the way to the value of follow, and returns the value.
func reach(g *Group, param string, p *model.Path, zero Code) *Statement {
	value := Id(param)
	for _, s := range p.Steps {
		value = value.Clone().Dot(s.Field)
		if s.Pointer {
			g.If(value.Clone().Op("==").Nil()).Block(Return(zero))
		}
	}
	if p.Steps[len(p.Steps)-1].Pointer {
		value = Op("*").Add(value)
	}
	return value
}

// getter emits func(out *XResponse) T { ... } around follow, on one line if that only returns.
func getter(structName string, result Code, p *model.Path, zero, conversion Code) *Statement {
	body := emit.Line
	body.Multi = slices.ContainsFunc(p.Steps, func(s model.Step) bool { return s.Pointer })
	return Func().Params(Id("out").Op("*").Id(structName)).Add(result).CustomFunc(body, func(g *Group) {
		follow(g, "out", p, zero, conversion)
	})
}

// stateText returns the function that makes a state a text, or nil for a string.
func stateText(t model.Type) Code {
	if t.Kind == model.KindString {
		return nil
	}
	return Qual(emit.Roa, "StateOf")
}
