package lint

import (
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
)

var documentRules = []Rule{
	{info("ACK220", "the document is OpenAPI 3.0.3",
		"The tools that this spec is tried with agree on 3.0.3; newer versions mean other things with the same words.",
		"write openapi: 3.0.3"), false, checkVersion},
	{info("ACK221", "a component is used",
		"What no operation reaches would be kept up to date for nobody.",
		"refer to the component from an operation, or delete it"), true, checkUnused},
}

func checkVersion(p *pass) {
	if v := p.doc.Get("openapi"); v == nil {
		p.report(p.doc.Value, nil, "the document does not say which version of OpenAPI it is")
	} else if v.Value != "3.0.3" {
		p.report(v, nil, "the document is OpenAPI %s", v.Value)
	}
}

func checkUnused(p *pass) {
	components := p.doc.Child("components")
	if components == nil {
		return
	}
	used := map[*oas.Node]bool{}
	var visit func(n *oas.Node)
	visit = func(n *oas.Node) {
		for c := range n.All() {
			if !c.IsRef() {
				continue
			}
			if d := p.deref(c); d != nil && !used[d] {
				used[d] = true
				visit(d)
			}
		}
	}
	if paths := p.doc.Child("paths"); paths != nil {
		visit(paths)
	}
	for _, c := range components.Children {
		if !used[c] && c.Kind != oas.SecurityScheme {
			p.report(c.Start(), c, "no operation uses this %s", strings.TrimSuffix(c.Field, "s"))
		}
	}
}
