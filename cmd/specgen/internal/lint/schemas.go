package lint

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var schemaRules = []Rule{
	{info("ACK170", "a required name is a property",
		"A required name that no property has makes every value invalid, or is a typing error.",
		"correct the name, or add the property"), false, checkRequired},
	{info("ACK171", "an enum value has the type of its schema",
		"A value of another type can never be sent or received; YAML turns on, 1.20 and null into other types.",
		"put the value into quotes"), false, checkEnumType},
	{info("ACK172", "an enum holds a value once",
		"Each value becomes a Go constant, and two constants of one name do not compile.",
		"delete the second"), false, checkEnumUnique},
	{info("ACK173", "a format is known and belongs to the type",
		"Unknown formats are ignored without a word, so that a typing error loses what was meant.",
		"use int32 or int64, float or double, or date-time; describe other layouts in the description"), false, checkFormat},
	{info("ACK174", "an integer or number says its format",
		"The format decides the Go type; without it the width of a number would be a guess.",
		"add format: int32 or int64 to integers, float or double to numbers"), false, checkNumberFormat},
	{info("ACK175", "a lower limit is not above its upper limit",
		"No value can satisfy both.",
		"swap or correct the limits"), false, checkLimits},
	{info("ACK176", "property names differ in more than case",
		"Such names become the same Go field, and lenient readers cannot tell them apart.",
		"delete the one that no source has on the wire, or give one of them x-ack-go-name"), false, checkPropertyFold},
	{info("ACK177", "a named schema is written in UpperCamelCase",
		"The name is the name of the Go type.",
		"begin with an upper-case letter and use letters and digits only"), false, checkSchemaName},
	{info("ACK178", "a property is not required and defaulted at once",
		"A default is what holds when the property is absent, which a required one never is.",
		"delete the default, or take the property out of required"), false, checkRequiredDefault},
}

func checkRequired(p *pass) {
	for _, s := range p.schemas() {
		list := s.Get("required")
		for i, name := range strs(list) {
			if yamlsrc.Value(s.Get("properties"), name) == nil {
				p.report(list.Content[i], s, "required name %q is no property", name)
			}
		}
	}
}

// tags maps the types of schemas to those of YAML.
var tags = map[string][]string{
	"string": {"!!str"}, "integer": {"!!int"}, "number": {"!!int", "!!float"}, "boolean": {"!!bool"},
}

func checkEnumType(p *pass) {
	for _, s := range p.schemas() {
		enum, want := s.Get("enum"), tags[s.Text("type")]
		if enum == nil || want == nil {
			continue
		}
		for _, v := range enum.Content {
			if !slices.Contains(want, v.ShortTag()) {
				p.report(v, s, "enum value %s of %s is no %s", v.Value, label(s), s.Text("type"))
			}
		}
	}
}

func checkEnumUnique(p *pass) {
	for _, s := range p.schemas() {
		seen := map[string]*yaml.Node{}
		if s.Get("enum") == nil {
			continue
		}
		for _, v := range s.Get("enum").Content {
			if first := seen[v.Value]; first != nil {
				p.reportTwice(v, first, s, "enum value %q of %s occurs twice", v.Value, label(s))
				continue
			}
			seen[v.Value] = v
		}
	}
}

var formats = map[string][]string{
	"integer": {"int32", "int64"}, "number": {"float", "double"}, "string": {"date-time"},
}

func checkFormat(p *pass) {
	for _, s := range p.schemas() {
		f := s.Get("format")
		if f == nil {
			continue
		}
		if known := formats[s.Text("type")]; !slices.Contains(known, f.Value) {
			p.report(f, s, "%s has the format %q; formats of type %s are: %s", label(s), f.Value, s.Text("type"), strings.Join(known, ", "))
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
			low, errLow := strconv.ParseFloat(s.Text(pair[0]), 64)
			high, errHigh := strconv.ParseFloat(s.Text(pair[1]), 64)
			if errLow == nil && errHigh == nil && low > high {
				p.report(s.Get(pair[0]), s, "%s of %s is %s, above %s %s", pair[0], label(s), s.Text(pair[0]), pair[1], s.Text(pair[1]))
			}
		}
	}
}

func checkPropertyFold(p *pass) {
	for _, s := range p.schemas() {
		seen := map[string]*yaml.Node{}
		for key, value := range yamlsrc.Pairs(s.Get("properties")) {
			folded := strings.ToLower(key.Value)
			first := seen[folded]
			if first == nil {
				seen[folded] = key
			} else if yamlsrc.Value(value, "x-ack-go-name") == nil {
				p.reportTwice(key, first, s, "property %q differs from %q only in case", key.Value, first.Value)
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
