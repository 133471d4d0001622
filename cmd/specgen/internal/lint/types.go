package lint

import (
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var typeRules = []Rule{
	{"ACK180", false, checkOneType},
	{"ACK181", false, checkExceptions},
	{"ACK182", false, checkListedEnum},
}

// typed is a property or parameter with a scalar type.
type typed struct {
	name, typ string
	at        *yaml.Node
	owner     *oas.Node
}

// typedNames lists all scalar properties and query parameters, in the order of
// the document.
func (p *pass) typedNames() []typed {
	var out []typed
	add := func(name string, s *oas.Node, at *yaml.Node, owner *oas.Node) {
		d := p.deref(s)
		if d == nil || !scalar(d) {
			return
		}
		typ := d.Text("type")
		if f := d.Text("format"); f != "" && typ != "string" {
			typ += " (" + f + ")"
		}
		out = append(out, typed{name, typ, at, owner})
	}
	for n := range p.doc.Of(oas.Schema, oas.Parameter) {
		switch {
		case n.Kind == oas.Schema && n.Field == "properties":
			add(n.Name, n, n.Key, n)
		case n.Kind == oas.Parameter && n.Text("in") == "query" && n.Child("schema") != nil:
			add(n.Text("name"), n.Child("schema"), n.Get("name"), n)
		}
	}
	return out
}

func checkOneType(p *pass) {
	excused := map[string]bool{}
	for key := range yamlsrc.Pairs(yamlsrc.Value(p.settings.Lint, settingTypes)) {
		excused[key.Value] = true
	}
	all := p.typedNames()
	count := map[string]map[string]int{}
	first := map[[2]string]typed{}
	for _, t := range all {
		if count[t.name] == nil {
			count[t.name] = map[string]int{}
		}
		if count[t.name][t.typ]++; count[t.name][t.typ] == 1 {
			first[[2]string{t.name, t.typ}] = t
		}
	}
	for _, t := range all {
		usual := mostUsed(t.name, all, count[t.name])
		if t.typ != usual && !excused[t.name] {
			p.reportTwice(t.at, first[[2]string{t.name, usual}].at, t.owner, "%q is of type %s here and %s elsewhere", t.name, t.typ, usual)
		}
	}
}

// mostUsed returns the type that a name mostly has; the earlier one of equals.
func mostUsed(name string, all []typed, count map[string]int) string {
	best := ""
	for _, t := range all {
		if t.name == name && (best == "" || count[t.typ] > count[best]) {
			best = t.typ
		}
	}
	return best
}

func checkExceptions(p *pass) {
	needed := map[string]bool{}
	last := map[string]string{}
	for _, t := range p.typedNames() {
		if typ, ok := last[t.name]; ok && typ != t.typ {
			needed[t.name] = true
		}
		last[t.name] = t.typ
	}
	for key := range yamlsrc.Pairs(yamlsrc.Value(p.settings.Lint, settingTypes)) {
		if !needed[key.Value] {
			p.report(key, nil, "%q has one type only: the exception is not needed", key.Value)
		}
	}
}

func checkListedEnum(p *pass) {
	for s := range p.doc.Of(oas.Schema) {
		if values := s.Get("enum"); values != nil && (s.Field == "items" || s.Field == "additionalProperties") {
			p.report(s.KeyOf("enum"), s, "%s are an enum without a name", label(s))
		}
	}
}
