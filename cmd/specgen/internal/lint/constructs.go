package lint

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var constructRules = []Rule{
	{"ACK167", false, checkApplies},
	{"ACK168", false, checkEndless},
}

// keywords are all keywords of the profile, with the types that they apply to;
// none means any type.
var keywords = map[string][]string{
	"type": nil, "description": nil, "default": nil, "example": nil, "deprecated": nil,
	"enum":    nil, // the generator refuses those of other types than string
	"pattern": {"string"}, "minLength": {"string"}, "maxLength": {"string"},
	"minimum": {"integer", "number"}, "maximum": {"integer", "number"},
	"format": {"string", "integer", "number"},
	"items":  {"array"}, "minItems": {"array"}, "maxItems": {"array"},
	"properties": {"object"}, "required": {"object"}, "additionalProperties": {"object"},
}

func isExtension(key string) bool { return len(key) > 2 && key[:2] == "x-" }

func checkApplies(p *pass) {
	for _, s := range p.schemas() {
		for key := range yamlsrc.Pairs(s.Value) {
			if types := keywords[key.Value]; types != nil && !slices.Contains(types, s.Text("type")) {
				typ := s.Text("type")
				if typ == "" {
					typ = "a schema without type"
				}
				p.report(key, s, "%s uses %s, which does not apply to %s", label(s), key.Value, typ)
			}
		}
	}
}

func checkEndless(p *pass) {
	for _, s := range p.schemas() {
		if isComponent(s) && p.requires(s, s, map[*oas.Node]bool{}) {
			p.report(s.Get("required"), s, "the schema requires itself without end")
		}
	}
}

// requires reports whether every value of from holds a value of target.
func (p *pass) requires(from, target *oas.Node, seen map[*oas.Node]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	required := strs(from.Get("required"))
	for prop := range from.In("properties") {
		if !slices.Contains(required, prop.Name) {
			continue
		}
		if d := p.deref(prop); d != nil && (d == target || p.requires(d, target, seen)) {
			return true
		}
	}
	if items := from.Child("items"); items != nil && atLeastOne(from.Get("minItems")) {
		d := p.deref(items)
		return d != nil && (d == target || p.requires(d, target, seen))
	}
	return false
}

func atLeastOne(n *yaml.Node) bool { return n != nil && n.Value != "0" }
