package reference

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
)

// typeOf says in words what a value is on the wire.
func (b *builder) typeOf(ref *openapi3.SchemaRef) Type {
	if ref == nil || ref.Value == nil {
		return Type{Name: "any"}
	}
	s, name := ref.Value, refOf(ref)
	if inner := inside(s); inner != nil {
		t := b.typeOf(inner)
		if t.Schema != "" && refOf(inner) != "" {
			t.Prefix = "" // the name says enough
		}
		if s.Type.Is("array") {
			t.Prefix = "array of " + t.Prefix
		} else {
			t.Prefix = "map of " + t.Prefix
		}
		return t
	}
	word := wordOf(s)
	switch {
	case name != "" && (len(s.Properties) > 0 || len(s.Enum) > 0 || alternatives(s) != nil):
		return Type{Prefix: word + " ", Name: name, Schema: name}
	case alternatives(s) != nil:
		return b.oneOf(alternatives(s))
	case s.Format != "":
		return Type{Name: word, Format: s.Format}
	}
	return Type{Name: word}
}

// wordOf returns the word of JSON for the values of a schema.
func wordOf(s *openapi3.Schema) string {
	types := s.Type.Slice()
	if len(types) == 0 {
		return "any"
	}
	return strings.Join(types, " or ")
}

func alternatives(s *openapi3.Schema) openapi3.SchemaRefs { return slices.Concat(s.OneOf, s.AnyOf) }

// oneOf names what a value may be.
func (b *builder) oneOf(refs openapi3.SchemaRefs) Type {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = b.typeOf(ref).String()
	}
	return Type{Prefix: "one of ", Name: strings.Join(names, ", ")}
}

// limits says in words which values a schema allows.
func (b *builder) limits(s *openapi3.Schema) []string {
	var out []string
	add := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	low, high := b.number(s, "minimum", s.Min), b.number(s, "maximum", s.Max)
	add(span(above(s.ExclusiveMin, low), above(s.ExclusiveMax, high), ""))
	add(span(count(&s.MinLength), count(s.MaxLength), " characters"))
	add(span(count(&s.MinItems), count(s.MaxItems), " items"))
	if s.UniqueItems {
		add("no item twice")
	}
	if s.MultipleOf != nil {
		add("a multiple of " + b.number(s, "multipleOf", s.MultipleOf))
	}
	if s.Pattern != "" {
		add("matches " + s.Pattern)
	}
	return out
}

// itemLimits says which values the items of a list or map may be.
func (b *builder) itemLimits(s *openapi3.Schema) []string {
	out := b.limits(s)
	for i := range out {
		out[i] = "each item: " + out[i]
	}
	return out
}

// above marks a bound that does not belong to the range.
func above(exclusive openapi3.ExclusiveBound, bound string) string {
	if bound != "" && exclusive.Bool != nil && *exclusive.Bool {
		return bound + " (exclusive)"
	}
	return bound
}

// number returns a number of a schema as it stands in the document: value may have lost
// its last digits.
func (b *builder) number(s *openapi3.Schema, key string, value *float64) string {
	if value == nil {
		return ""
	}
	if text := b.Number(s.Origin, key); text != "" {
		return text
	}
	return strconv.FormatFloat(*value, 'f', -1, 64)
}

// count writes a number of things; none and 0 go without saying.
func count(n *uint64) string {
	if n == nil || *n == 0 {
		return ""
	}
	return strconv.FormatUint(*n, 10)
}

func span(low, high, unit string) string {
	switch {
	case low == "1" && high == "" && unit != "":
		return "not empty"
	case low != "" && high == low:
		return "exactly " + low + unit
	case low != "" && high != "":
		return low + " to " + high + unit
	case low != "":
		return "at least " + low + unit
	case high != "":
		return "at most " + high + unit
	}
	return ""
}

// values returns the values of an enum with their constants.
func (b *builder) values(s *openapi3.Schema, enum *model.Enum) []Value {
	constants := map[string]string{}
	if enum != nil {
		for _, v := range enum.Values {
			constants[v.Value] = v.Name
		}
	}
	var out []Value
	for i, v := range s.Enum {
		text := fmt.Sprint(v)
		if _, ok := v.(float64); ok {
			text = b.Number(s.Origin, "enum", strconv.Itoa(i))
		}
		out = append(out, Value{Value: text, Go: constants[text]})
	}
	return out
}

// goType writes a type as it stands in the package.
func goType(t model.Type) string {
	pointer := ""
	if t.Pointer {
		pointer = "*"
	}
	switch t.Kind {
	case model.KindTime:
		return pointer + "time.Time"
	case model.KindSecret:
		return pointer + "roa.Secret"
	case model.KindMetadata:
		return pointer + "roa.Metadata"
	case model.KindJSON:
		return pointer + "roa.JSON"
	case model.KindReader:
		return "roa.Reader"
	case model.KindStream:
		return "roa.ReadCloser"
	case model.KindBytes:
		return "[]byte"
	case model.KindNamed:
		return pointer + t.Name
	case model.KindSlice:
		return pointer + "[]" + goType(*t.Elem)
	case model.KindMap:
		return pointer + "map[string]" + goType(*t.Elem)
	default:
		return pointer + string(t.Kind)
	}
}
