package lint

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

var termRules = []Rule{
	{"ACK211", false, checkTerms},
}

// checkTerms finds what is wrong with terms.yaml: keys that it does not have, names that
// the spec does not have, and sources that are not declared.
func checkTerms(p *pass) {
	list, faults := terms.Read(p.settings.Terms)
	for _, f := range faults {
		p.report(f.At, nil, "%s", f.Message)
	}
	if len(list) == 0 {
		return
	}
	known := p.termNames()
	for _, term := range list {
		for _, name := range term.Names {
			if !slices.Contains(known[name.Kind], name.Text) {
				p.report(name.Node, nil, "the term %s names %q of the %s, which the spec does not have%s",
					term.Text, name.Text, name.Kind, spell.Hint(name.Text, known[name.Kind]))
			}
		}
		p.termSource(term)
	}
}

// termSource reports the source of a term that is no declared document.
func (p *pass) termSource(term terms.Term) {
	for key, value := range yamlsrc.Pairs(term.Source) {
		switch key.Value {
		case "document":
			p.sourceDeclared(extension{}, sourceLists[key.Value], key.Value, value)
		case "section":
		default:
			known := []string{"document", "section"}
			p.report(key, nil, "the source of a term has no key %q%s; there are %s", key.Value, spell.Hint(key.Value, known), strings.Join(known, ", "))
		}
	}
	if term.Source != nil && term.Source.Kind == yaml.MappingNode {
		p.sectionDeclared(extension{}, term.Source)
	}
}

// termNames returns what terms can name.
func (p *pass) termNames() map[terms.Kind][]string {
	out := map[terms.Kind][]string{}
	add := func(kind terms.Kind, name string) { out[kind] = append(out[kind], name) }
	for o := range p.doc.Of(oas.Operation, oas.Tag, oas.Schema, oas.Parameter) {
		switch {
		case o.Kind == oas.Operation:
			add(terms.Operation, o.Text("operationId"))
		case o.Kind == oas.Tag:
			add(terms.Group, o.Text("name"))
		case o.Kind == oas.Parameter:
			add(terms.Field, o.Text("name"))
		case isComponent(o):
			add(terms.Schema, o.Name)
		case o.Field == "properties":
			add(terms.Field, o.Name)
		}
	}
	for kind := range out {
		slices.Sort(out[kind])
		out[kind] = slices.Compact(out[kind])
	}
	return out
}
