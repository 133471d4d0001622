package goapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// limits returns the roa tag of a request field: the parameter that it sends, if it
// is one, and the limits that its values have to keep.
func limits(parameter string, s *openapi3.Schema, required bool) string {
	var out []string
	if required {
		out = append(out, "required")
	}
	if s.MinItems > 0 {
		out = append(out, bound("minitems", toFloat(&s.MinItems)))
	}
	out = append(out, bound("maxitems", toFloat(s.MaxItems)))
	out = append(out, valueLimits(elementOf(s))...)
	out = append([]string{parameter}, out...)
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
// since it may hold commas.
func valueLimits(s *openapi3.Schema) []string {
	out := []string{bound("min", s.Min), bound("max", s.Max)}
	if s.MinLength > 0 {
		out = append(out, bound("minlen", toFloat(&s.MinLength)))
	}
	out = append(out, bound("maxlen", toFloat(s.MaxLength)))
	if isClosed(s) {
		out = append(out, "enum="+strings.Join(enumValues(s), "|"))
	}
	if s.Pattern != "" {
		out = append(out, "pattern="+s.Pattern)
	}
	return out
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

// bound returns name=value, or "" without a value.
func bound(name string, value *float64) string {
	if value == nil {
		return ""
	}
	return name + "=" + strconv.FormatFloat(*value, 'f', -1, 64)
}

// facts says in words what the keywords of a schema tell about its values.
func facts(s *openapi3.Schema, required bool) string {
	var out []string
	if required {
		out = append(out, "Required.")
	}
	if s.Default != nil && !isCompound(s.Default) {
		out = append(out, "Default: "+value(s.Default)+".")
	}
	out = append(out, bounds("Range", "", s.Min, s.Max)...)
	out = append(out, bounds("Length", " characters", positive(s.MinLength), toFloat(s.MaxLength))...)
	out = append(out, bounds("Size", " items", positive(s.MinItems), toFloat(s.MaxItems))...)
	if s.Pattern != "" {
		out = append(out, "Pattern: "+s.Pattern)
	}
	return strings.Join(out, " ")
}

// value writes a default the way a person would.
func value(v any) string {
	switch v := v.(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		if strings.TrimSpace(v) == "" {
			return quote(v)
		}
		return v
	}
	return fmt.Sprint(v)
}

func bounds(what, unit string, low, high *float64) []string {
	format := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	switch {
	case low != nil && high != nil:
		return []string{what + ": " + format(*low) + " to " + format(*high) + unit + "."}
	case low != nil:
		return []string{what + ": at least " + format(*low) + unit + "."}
	case high != nil:
		return []string{what + ": at most " + format(*high) + unit + "."}
	}
	return nil
}

func positive(n uint64) *float64 {
	if n <= 1 { // "at least 1" of a required value goes without saying
		return nil
	}
	return toFloat(&n)
}

func toFloat(n *uint64) *float64 {
	if n == nil {
		return nil
	}
	return new(float64(*n))
}

func isCompound(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}
