package goapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// rule returns the roa tag of a request field: where the value travels, unless
// its JSON name says that, and the keywords that a value can break. A field
// whose values are all allowed has none.
func rule(place string, s *openapi3.Schema, required bool) string {
	var rules []string
	if required {
		rules = append(rules, "required")
	}
	if s.MinItems > 0 {
		rules = append(rules, bound("minitems", toFloat(&s.MinItems)))
	}
	rules = append(rules, bound("maxitems", toFloat(s.MaxItems)))
	rules = append(rules, valueRules(elementOf(s))...)
	rules = slices.DeleteFunc(rules, func(r string) bool { return r == "" })
	if len(rules) == 0 {
		return ""
	}
	if place != "" {
		rules = append([]string{place}, rules...)
	}
	return strings.Join(rules, ",")
}

// elementOf returns the schema of the single values of a list or map, and any
// other schema itself.
func elementOf(s *openapi3.Schema) *openapi3.Schema {
	for {
		switch {
		case isArray(s):
			s = s.Items.Value
		case isMap(s) && s.AdditionalProperties.Schema != nil:
			s = s.AdditionalProperties.Schema.Value
		default:
			return s
		}
	}
}

// valueRules returns the rules of a number or a string. The pattern comes last,
// since it may hold commas.
func valueRules(s *openapi3.Schema) []string {
	rules := []string{bound("min", s.Min), bound("max", s.Max)}
	if s.MinLength > 0 {
		rules = append(rules, bound("minlen", toFloat(&s.MinLength)))
	}
	rules = append(rules, bound("maxlen", toFloat(s.MaxLength)))
	if isClosed(s) {
		rules = append(rules, "enum="+strings.Join(enumValues(s), "|"))
	}
	if s.Pattern != "" {
		rules = append(rules, "pattern="+s.Pattern)
	}
	return rules
}

// isClosed reports whether the service refuses all but the listed values.
func isClosed(s *openapi3.Schema) bool {
	closed, _ := s.Extensions[closedKey].(bool)
	return closed && isEnum(s)
}

func enumValues(s *openapi3.Schema) []string {
	out := make([]string, len(s.Enum))
	for i, v := range s.Enum {
		out[i] = fmt.Sprint(v)
	}
	return out
}

// bound returns name=value, or nothing where there is no value.
func bound(name string, value *float64) string {
	if value == nil {
		return ""
	}
	return name + "=" + strconv.FormatFloat(*value, 'f', -1, 64)
}
