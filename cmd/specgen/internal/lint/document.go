package lint

import (
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
)

var documentRules = []Rule{
	{"ACK220", false, checkVersion},
	{"ACK221", true, checkUnused},
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
