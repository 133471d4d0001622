package goapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/internal/spell"
)

const extDeprecated = "x-ack-deprecated"

// deprecatedHere returns what the documentation of a property says of x-ack-deprecated
// on its owner: of the property itself, and of what lies below it, which may be the items
// of a list or map.
func deprecatedHere(owner *openapi3.Schema, wire string) string {
	given, _ := owner.Extensions[extDeprecated].(map[string]any)
	form := "Its `%s` is deprecated here. "
	if p := owner.Properties[wire].Value; elementOf(p) != p {
		form = "The `%s` of its items is deprecated here. "
	}
	var below, itself string
	for _, path := range slices.Sorted(maps.Keys(given)) {
		advice, _ := given[path].(string)
		first, rest, deeper := strings.Cut(path, ".")
		switch {
		case first != wire:
		case deeper:
			below = paragraphs(below, fmt.Sprintf(form, strings.ReplaceAll(rest, ".", "`.`"))+advice)
		default:
			itself = deprecatedMark + advice
		}
	}
	return paragraphs(below, itself)
}

// checkDeprecated reports paths of x-ack-deprecated that lead nowhere.
func (b *builder) checkDeprecated() {
	if b.Components == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(b.Components.Schemas)) {
		s := b.Components.Schemas[name].Value
		v, ok := s.Extensions[extDeprecated]
		if !ok {
			continue
		}
		given, _ := v.(map[string]any)
		if len(given) == 0 {
			b.badDeprecated(s, "", "is not a map from properties to what to do", "write {property: What to do instead.}")
		}
		for _, path := range slices.Sorted(maps.Keys(given)) {
			b.checkDeprecatedPath(s, path, given[path])
		}
	}
}

func (b *builder) checkDeprecatedPath(s *openapi3.Schema, path string, advice any) {
	if text, _ := advice.(string); text == "" {
		b.badDeprecated(s, path, "does not say what to do instead of "+quote(path), "write a sentence")
	}
	at := s
	for wire := range strings.SplitSeq(path, ".") {
		p := at.Properties[wire]
		if p == nil {
			known := slices.Sorted(maps.Keys(at.Properties))
			b.badDeprecated(s, path, quote(path)+" does not lead to a property: there is no "+quote(wire)+spell.Hint(wire, known), "write names of properties, joined by dots")
			return
		}
		at = elementOf(p.Value)
	}
	if at.Deprecated {
		b.badDeprecated(s, path, quote(path)+" is deprecated everywhere", "leave it out")
	}
}

func (b *builder) badDeprecated(s *openapi3.Schema, path, problem, fix string) {
	keys := []string{extDeprecated}
	if path != "" {
		keys = append(keys, path)
	}
	b.diags.Add(diag.Finding{Pos: b.Locate(s.Origin, keys...), Code: CodeExtension, Message: extDeprecated + ": " + problem, Fix: fix})
}
