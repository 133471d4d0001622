package lint

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/spell"
)

var constructRules = []Rule{
	{info("ACK160", "schemas are not composed",
		"The keywords oneOf, anyOf, allOf and not have no plain Go type; nothing in the API needs them.",
		"write out the schema that travels on the wire"), false, checkComposition},
	{info("ACK161", "an object with properties is a named schema",
		"Every object becomes a Go type, which needs a name that stays when its place in the spec changes.",
		"move the object to schemas/<group>/<Name>.yaml and refer to it"), false, checkInlineObject},
	{info("ACK162", "an object has either properties or additionalProperties",
		"A Go type is either a struct or a map; an object with neither says nothing at all.",
		"list the properties, or declare the values of the map with additionalProperties, or drop the type for any JSON"), false, checkObjectForm},
	{info("ACK163", "schemas do not use nullable",
		"The service leaves out what has no value, and the SDK reads null as absent everywhere.",
		"delete nullable; leave the property out of required"), false, checkNullable},
	{info("ACK164", "schemas do not use discriminator",
		"It only has a meaning together with composition, and its mapping is not checked by anybody.",
		"delete it and declare the properties"), false, checkDiscriminator},
	{info("ACK165", "nothing stands beside a $ref",
		"OpenAPI 3.0 ignores the siblings of a $ref without a word, so what they say never reaches anybody.",
		"move the text to the schema that is referred to, or write the schema out here"), false, checkRefSiblings},
	{info("ACK166", "schemas use the keywords of the profile",
		"A keyword that the generator does not read would be silently lost.",
		"delete the keyword, or state the limit in the description"), false, checkKeywords},
	{info("ACK167", "a keyword applies to the type of its schema",
		"OpenAPI ignores a limit that belongs to another type, such as minLength on an integer.",
		"use the keyword of the type, or declare the type that the keyword needs"), false, checkApplies},
	{info("ACK168", "a schema that requires itself can end",
		"An object that has to hold an object of its own kind has no finite value: nothing can ever satisfy it.",
		"take one property of the circle out of required"), false, checkEndless},
}

// composition are the keywords that combine schemas.
var composition = []string{"oneOf", "anyOf", "allOf", "not"}

// keywords are all keywords of the profile, with the types that they apply to;
// none means any type.
var keywords = map[string][]string{
	"type": nil, "description": nil, "default": nil, "example": nil, "deprecated": nil,
	"enum": {"string"}, "pattern": {"string"}, "minLength": {"string"}, "maxLength": {"string"},
	"minimum": {"integer", "number"}, "maximum": {"integer", "number"},
	"format": {"string", "integer", "number"},
	"items":  {"array"}, "minItems": {"array"}, "maxItems": {"array"},
	"properties": {"object"}, "required": {"object"}, "additionalProperties": {"object"},
}

func checkComposition(p *pass) {
	for _, s := range p.schemas() {
		for _, k := range composition {
			if key := s.KeyOf(k); key != nil {
				p.report(key, s, "%s uses %s", label(s), k)
			}
		}
	}
}

func checkInlineObject(p *pass) {
	for _, s := range p.schemas() {
		if !isComponent(s) && s.Has("properties") {
			p.report(s.Start(), s, "%s is an object without name", label(s))
		}
	}
}

func checkObjectForm(p *pass) {
	for _, s := range p.schemas() {
		if s.Text("type") != "object" {
			continue
		}
		properties, additional := s.Has("properties"), s.Has("additionalProperties")
		switch {
		case properties && additional:
			p.report(s.KeyOf("additionalProperties"), s, "%s has both properties and additionalProperties", label(s))
		case !properties && !additional:
			p.report(s.Get("type"), s, "%s has neither properties nor additionalProperties", label(s))
		case additional && s.Text("additionalProperties") == "false":
			p.report(s.Get("additionalProperties"), s, "%s allows no content at all", label(s))
		}
	}
}

func (p *pass) forbid(keyword string) {
	for _, s := range p.schemas() {
		if key := s.KeyOf(keyword); key != nil {
			p.report(key, s, "%s uses %s", label(s), keyword)
		}
	}
}

func checkNullable(p *pass) { p.forbid("nullable") }

func checkDiscriminator(p *pass) { p.forbid("discriminator") }

func checkRefSiblings(p *pass) {
	for o := range p.doc.All() {
		if !o.IsRef() {
			continue
		}
		for key := range yamlsrc.Pairs(o.Value) {
			if key.Value != "$ref" {
				p.report(key, o, "%s stands beside a $ref and is ignored", key.Value)
			}
		}
	}
}

func isExtension(key string) bool { return len(key) > 2 && key[:2] == "x-" }

func checkKeywords(p *pass) {
	known := slices.Sorted(maps.Keys(keywords))
	elsewhere := append([]string{"nullable", "discriminator"}, composition...)
	for _, s := range p.schemas() {
		for key := range yamlsrc.Pairs(s.Value) {
			if _, ok := keywords[key.Value]; ok || isExtension(key.Value) || slices.Contains(elsewhere, key.Value) {
				continue
			}
			p.report(key, s, "%s uses %s, which is no keyword of the profile%s", label(s), key.Value, spell.Hint(key.Value, known))
		}
	}
}

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
