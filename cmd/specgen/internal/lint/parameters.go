package lint

import (
	"github.com/ackgen/ackgen/generator/load/oas"
)

var parameterRules = []Rule{
	{"ACK123", false, checkParameterExample},
}

// writtenParameters returns the parameters that are not references.
func (p *pass) writtenParameters() []*oas.Node {
	var out []*oas.Node
	for n := range p.doc.Of(oas.Parameter) {
		if !n.IsRef() {
			out = append(out, n)
		}
	}
	return out
}

func scalar(s *oas.Node) bool {
	switch s.Text("type") {
	case "string", "integer", "number", "boolean":
		return true
	}
	return false
}

func checkParameterExample(p *pass) {
	for _, param := range p.writtenParameters() {
		if hasExample(param) {
			continue
		}
		found := false
		for mt := range param.In("content") {
			found = found || hasExample(mt)
		}
		if !found {
			p.report(param.Start(), param, "%s has no example", label(param))
		}
	}
}

// hasExample reports whether an object has an example or examples.
func hasExample(n *oas.Node) bool {
	return n.Has("example") || (n.Get("examples") != nil && len(n.Get("examples").Content) > 0)
}
