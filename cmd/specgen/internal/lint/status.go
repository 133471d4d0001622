package lint

import (
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
)

var statusRules = []Rule{
	{"ACK190", false, checkDeprecated},
}

func checkDeprecated(p *pass) {
	for o := range p.doc.Of(oas.Operation, oas.Parameter, oas.Schema) {
		if o.IsRef() {
			continue
		}
		flag := o.Text("deprecated") == "true"
		paragraphs := strings.Split(strings.TrimSpace(o.Text("description")), "\n\n")
		said := strings.HasPrefix(paragraphs[len(paragraphs)-1], "Deprecated: ")
		status := o.Text("x-ack-status")
		mark := status == "deprecated" || status == "legacy" && (flag || said)
		if flag == mark && mark == said {
			if !said && strings.Contains(o.Text("description"), "Deprecated: ") {
				p.report(o.Get("description"), o, "the paragraph Deprecated: of %s is not the last one", label(o))
			}
			continue
		}
		var missing []string
		if !flag {
			missing = append(missing, "deprecated: true")
		}
		if !mark {
			missing = append(missing, "x-ack-status: deprecated")
		}
		if !said {
			missing = append(missing, "a last paragraph that starts with Deprecated:")
		}
		p.report(o.Start(), o, "%s is deprecated but lacks %s", label(o), strings.Join(missing, " and "))
	}
}
