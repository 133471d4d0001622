package lint

import (
	"slices"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var schemaRules = []Rule{
	{"ACK170", false, checkRequired},
	{"ACK174", false, checkNumberFormat},
	{"ACK175", false, checkLimits},
	{"ACK177", false, checkSchemaName},
	{"ACK178", false, checkRequiredDefault},
}

func checkRequired(p *pass) {
	for _, s := range p.schemas() {
		list := s.Get("required")
		for i, name := range strs(list) {
			if yamlsrc.Value(s.Get("properties"), name) == nil {
				p.report(list.Content[i], s, "required name %q is not a property", name)
			}
		}
	}
}

func checkNumberFormat(p *pass) {
	for _, s := range p.schemas() {
		if typ := s.Text("type"); (typ == "integer" || typ == "number") && !s.Has("format") {
			p.report(s.Get("type"), s, "%s is of type %s without format", label(s), typ)
		}
	}
}

func checkLimits(p *pass) {
	for _, s := range p.schemas() {
		for _, pair := range [][2]string{
			{"minLength", "maxLength"}, {"minimum", "maximum"}, {"minItems", "maxItems"}, {"minProperties", "maxProperties"},
		} {
			low, high := yamlsrc.Rat(s.Get(pair[0])), yamlsrc.Rat(s.Get(pair[1]))
			if low != nil && high != nil && low.Cmp(high) > 0 {
				p.report(s.Get(pair[0]), s, "%s of %s is %s, above %s %s", pair[0], label(s), s.Text(pair[0]), pair[1], s.Text(pair[1]))
			}
		}
	}
}

func checkSchemaName(p *pass) {
	for _, s := range p.schemas() {
		if isComponent(s) && !upperCamel.MatchString(s.Name) {
			p.report(s.Start(), s, "the name %q is not UpperCamelCase", s.Name)
		}
	}
}

func checkRequiredDefault(p *pass) {
	for _, s := range p.schemas() {
		required := strs(s.Get("required"))
		for prop := range s.In("properties") {
			if !prop.IsRef() && prop.Has("default") && slices.Contains(required, prop.Name) {
				p.report(prop.KeyOf("default"), s, "%s is required and has a default", label(prop))
			}
		}
	}
}
