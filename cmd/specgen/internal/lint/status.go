package lint

import (
	"strings"
	"time"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var statusRules = []Rule{
	{"ACK190", false, checkDeprecated},
	{"ACK191", false, checkRemoved},
	{"ACK192", false, checkWindow},
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

const extRemoved = "x-ack-removed"

// checkRemoved reports what the provider removed and does not say so in full: only
// operations that it removed are legacy.
func checkRemoved(p *pass) {
	for o := range p.doc.Of(oas.Operation, oas.Parameter, oas.Schema) {
		removed, legacy := o.Has(extRemoved), o.Text("x-ack-status") == "legacy"
		switch {
		case o.IsRef():
		case o.Kind == oas.Operation && legacy && !removed:
			p.report(o.KeyOf("x-ack-status"), o, "the operation is legacy but does not say since when the provider lacks it, and until when it stays")
		case removed && !legacy:
			p.report(o.KeyOf(extRemoved), o, "%s has x-ack-removed but lacks x-ack-status: legacy", label(o))
		case removed && o.Text("deprecated") != "true":
			p.report(o.KeyOf(extRemoved), o, "%s has x-ack-removed but lacks deprecated: true", label(o))
		}
	}
}

// checkWindow warns of what need not stay any longer. It is the one rule whose findings
// come from the calendar and not from the document, and so the one that warns: a commit
// that was good has to stay so.
func checkWindow(p *pass) {
	for o := range p.doc.Of(oas.Operation, oas.Parameter, oas.Schema) {
		until := yamlsrc.Value(o.Get(extRemoved), "until")
		if until == nil {
			continue
		}
		day, err := time.Parse(time.DateOnly, until.Value)
		if err != nil || p.settings.Today.Before(day) { // the generator reports what is not a date
			continue
		}
		p.warn(until, o, "%s was to stay until %s, which is over", label(o), until.Value)
	}
}
