package goapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// bounds are the limits of the values of a schema in decimal digits, "" where there
// is none.
type bounds struct{ min, max, minLength, maxLength, minItems, maxItems string }

// boundsOf returns the limits that a schema sets to values of its type. JSON Schema
// ignores others, such as the length of a number.
func (b *builder) boundsOf(s *openapi3.Schema) bounds {
	switch {
	case isArray(s):
		return bounds{minItems: count(&s.MinItems), maxItems: count(s.MaxItems)}
	case s.Type.Is("string"):
		return bounds{minLength: count(&s.MinLength), maxLength: count(s.MaxLength)}
	case s.Type.Is("integer"), s.Type.Is("number"):
		return bounds{min: b.number(s, "minimum", s.Min), max: b.number(s, "maximum", s.Max)}
	}
	return bounds{}
}

// number returns a number of a schema as it stands in the document: value may have
// lost its last digits.
func (b *builder) number(s *openapi3.Schema, key string, value *float64) string {
	if value == nil {
		return ""
	}
	return firstOf(b.Number(s.Origin, key), strconv.FormatFloat(*value, 'f', -1, 64))
}

func count(n *uint64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatUint(*n, 10)
}

// badBound returns a bound that no value in Go could be compared with.
func (b *builder) badBound(s *openapi3.Schema) keyword {
	if s.Type.Is("number") {
		return keyword{}
	}
	have := b.boundsOf(s)
	for _, bound := range []keyword{
		{"minimum", have.min}, {"maximum", have.max}, {"minLength", have.minLength}, {"maxLength", have.maxLength},
		{"minItems", have.minItems}, {"maxItems", have.maxItems},
	} {
		if !whole(bound.what) {
			return keyword{bound.name, "the " + bound.name + " " + bound.what + " of this " + s.Type.Slice()[0]}
		}
	}
	return keyword{}
}

// whole reports whether a bound is a number that integers can be compared with, or
// none at all.
func whole(bound string) bool {
	_, err := strconv.ParseInt(bound, 10, 64)
	return bound == "" || err == nil
}

// limits returns the roa tag of a request field: the parameter that it sends, if it
// is one, and the limits that its values have to keep.
func (b *builder) limits(parameter string, s *openapi3.Schema, required bool) string {
	out := []string{parameter}
	if required {
		out = append(out, "required")
	}
	size := b.boundsOf(s)
	out = append(out, limit("minitems", notZero(size.minItems)), limit("maxitems", size.maxItems))
	out = append(out, b.valueLimits(elementOf(s))...)
	out = slices.DeleteFunc(out, func(l string) bool { return l == "" })
	return strings.Join(out, ",")
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

// valueLimits returns the limits of a number or a string. The pattern comes last,
// since it may hold commas. Times have none: they are not text in Go.
func (b *builder) valueLimits(s *openapi3.Schema) []string {
	if s.Format == dateTime {
		return nil
	}
	have := b.boundsOf(s)
	if !s.Type.Is("number") {
		have.min, have.max = wholeOrNone(have.min), wholeOrNone(have.max)
	}
	out := []string{
		limit("min", have.min), limit("max", have.max), limit("minlen", notZero(have.minLength)), limit("maxlen", have.maxLength),
	}
	if isClosed(s) {
		out = append(out, "enum="+strings.Join(enumValues(s), "|"))
	}
	return append(out, limit("pattern", pattern(s)))
}

func wholeOrNone(bound string) string {
	if whole(bound) {
		return bound
	}
	return ""
}

// pattern returns the pattern of a string.
func pattern(s *openapi3.Schema) string {
	if !s.Type.Is("string") {
		return ""
	}
	return s.Pattern
}

// limit returns name=value, or "" without a value.
func limit(name, value string) string {
	if value == "" {
		return ""
	}
	return name + "=" + value
}

func notZero(count string) string {
	if count == "0" {
		return ""
	}
	return count
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

// facts says in words what the keywords of a schema tell about its values.
func (b *builder) facts(s *openapi3.Schema, required bool) string {
	var out []string
	if required {
		out = append(out, "Required.")
	}
	if s.Default != nil && !isCompound(s.Default) {
		out = append(out, "Default: "+b.value(s)+".")
	}
	have := b.boundsOf(s)
	out = append(out, span("Range", "", have.min, have.max))
	out = append(out, span("Length", " characters", several(have.minLength), have.maxLength))
	out = append(out, span("Size", " items", several(have.minItems), have.maxItems))
	out = append(out, b.rest(s)...)
	if p := pattern(s); p != "" {
		out = append(out, "Pattern: "+p)
	}
	return strings.Join(slices.DeleteFunc(out, func(f string) bool { return f == "" }), " ")
}

// rest says what the keywords tell that nothing checks.
func (b *builder) rest(s *openapi3.Schema) []string {
	var out []string
	if s.ReadOnly {
		out = append(out, "Read-only: the service sets it.")
	}
	if s.UniqueItems {
		out = append(out, "No item stands twice.")
	}
	if s.MultipleOf != nil {
		out = append(out, "A multiple of "+b.number(s, "multipleOf", s.MultipleOf)+".")
	}
	if s.ExclusiveMin.Bool != nil && *s.ExclusiveMin.Bool || s.ExclusiveMax.Bool != nil && *s.ExclusiveMax.Bool {
		out = append(out, "The end of the range does not belong to it.")
	}
	if len(s.Enum) > 0 && !isEnum(s) {
		out = append(out, "One of "+strings.Join(enumValues(s), ", ")+".")
	}
	return out
}

// value writes the default of a schema the way a person would.
func (b *builder) value(s *openapi3.Schema) string {
	switch v := s.Default.(type) {
	case float64:
		return b.number(s, "default", &v)
	case string:
		if strings.TrimSpace(v) == "" {
			return quote(v)
		}
		return v
	}
	return fmt.Sprint(s.Default)
}

func span(what, unit, low, high string) string {
	switch {
	case low != "" && high != "":
		return what + ": " + low + " to " + high + unit + "."
	case low != "":
		return what + ": at least " + low + unit + "."
	case high != "":
		return what + ": at most " + high + unit + "."
	}
	return ""
}

// several leaves out a count that goes without saying: at least 1 of a required value.
func several(count string) string {
	if count == "0" || count == "1" {
		return ""
	}
	return count
}

func isCompound(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}
