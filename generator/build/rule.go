package build

import (
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// rule returns the roa tag of a request field: where the value travels, unless
// its JSON name says that, and the keywords that a value can break. A field
// whose values are all allowed has none.
func rule(place string, s *openapi3.Schema, required bool) string {
	var rules []string
	add := func(name string, value *float64) {
		if value != nil {
			rules = append(rules, name+"="+strconv.FormatFloat(*value, 'f', -1, 64))
		}
	}
	if required {
		rules = append(rules, "required")
	}
	add("min", s.Min)
	add("max", s.Max)
	if s.MinLength > 0 {
		add("minlen", toFloat(&s.MinLength))
	}
	add("maxlen", toFloat(s.MaxLength))
	if s.MinItems > 0 {
		add("minitems", toFloat(&s.MinItems))
	}
	add("maxitems", toFloat(s.MaxItems))
	if s.Pattern != "" { // last, since it may hold commas
		rules = append(rules, "pattern="+s.Pattern)
	}
	if len(rules) == 0 {
		return ""
	}
	if place != "" {
		rules = append([]string{place}, rules...)
	}
	return strings.Join(rules, ",")
}
