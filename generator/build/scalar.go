package build

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// supported reports the keywords of a schema that would change its Go type and
// that the generator does not know.
func (b *builder) supported(s *openapi3.Schema, use typeUse) bool {
	bad := func(what, fix string) bool {
		pos := use.pos
		if s.Origin != nil && s.Origin.Key != nil {
			pos = b.at(s.Origin)
		}
		b.unsupported(pos, use.subject, what, fix)
		return false
	}
	switch {
	case len(s.OneOf) > 0:
		return bad("oneOf", "declare one object with optional fields")
	case len(s.AnyOf) > 0:
		return bad("anyOf", "declare one object with optional fields")
	case len(s.AllOf) > 0:
		return bad("allOf", "write all fields into one object")
	case s.Not != nil:
		return bad("not", "say in the description what is refused")
	case s.Discriminator != nil:
		return bad("a discriminator", "declare one object with optional fields")
	case s.Nullable:
		return bad("nullable", "leave the field out of required: absent and null are read alike")
	case s.XML != nil:
		return bad("xml", "bodies are JSON")
	case s.Type.IsMultiple():
		return bad("a schema with several types", "declare the type that is on the wire")
	}
	return true
}

// scalar returns the type of a schema that is no object, array or enum.
func (b *builder) scalar(s *openapi3.Schema, use typeUse) (model.Type, bool) {
	sensitive := isSensitive(s.Extensions) || isSensitive(use.ext)
	switch {
	case sensitive && !s.Type.Is("string"):
		b.unsupported(use.pos, use.subject, "x-ack-sensitive on anything but a string", "mark the strings inside")
		return model.Type{}, false
	case sensitive:
		return model.Type{Kind: model.KindSecret}, true
	case s.Type.IsEmpty():
		return model.Type{Kind: model.KindAny}, true
	case s.Type.Is("boolean"):
		return model.Type{Kind: model.KindBool}, true
	}
	kinds := map[string]map[string]model.Kind{
		"string":  {"": model.KindString, "date-time": model.KindTime},
		"integer": {"": model.KindInt64, "int64": model.KindInt64, "int32": model.KindInt32},
		"number":  {"": model.KindFloat64, "double": model.KindFloat64, "float": model.KindFloat64},
	}
	for name, formats := range kinds {
		if !s.Type.Is(name) {
			continue
		}
		kind, ok := formats[s.Format]
		if !ok {
			b.unsupported(use.pos, use.subject, "the format "+quote(s.Format)+" of a "+name, "use one of: "+known(name))
		}
		return model.Type{Kind: kind}, ok
	}
	b.unsupported(use.pos, use.subject, "the type "+quote(strings.Join(s.Type.Slice(), ", ")), "")
	return model.Type{}, false
}

func known(typ string) string {
	switch typ {
	case "string":
		return "no format, date-time"
	case "integer":
		return "int32, int64"
	default:
		return "double, float"
	}
}

func isSensitive(ext map[string]any) bool {
	v, _ := ext["x-ack-sensitive"].(bool)
	return v
}

// enumType returns the type of a string with known values. A named schema has a
// type already; an inline one gets the name of the field that declares it.
func (b *builder) enumType(ref *openapi3.SchemaRef, use typeUse) (model.Type, bool) {
	if isSensitive(ref.Value.Extensions) {
		b.unsupported(use.pos, use.subject, "x-ack-sensitive on an enum", "known values are no secret")
		return model.Type{}, false
	}
	if name := refOf(ref); name != "" {
		return model.Type{Kind: model.KindNamed, Name: b.types[name].goName}, true
	}
	if name, again := b.inline[ref.Value]; again { // several operations can share a body
		return model.Type{Kind: model.KindNamed, Name: name}, true
	}
	name := naming.Exported(use.owner) + use.field
	if !b.pkg.Take(name, "the values of "+use.subject, use.pos) {
		return model.Type{}, false
	}
	b.inline[ref.Value] = name
	b.addEnum(name, name+" is a value of "+use.subject+".", ref.Value, use.subject, use.pos)
	return model.Type{Kind: model.KindNamed, Name: name}, true
}

// addEnum builds an enum type. Its constants are named after type and value.
func (b *builder) addEnum(name, doc string, s *openapi3.Schema, subject string, pos diag.Pos) {
	e := &model.Enum{Name: name, Doc: doc}
	for _, v := range s.Enum {
		text, ok := v.(string)
		if !ok {
			b.unsupported(pos, subject, "an enum value that is no string", "")
			continue
		}
		word := naming.Exported(text)
		if text == "" {
			word = "Empty"
		}
		if word == "" {
			b.diags.Addf(pos, CodeName, subject, "no Go name can be made from the value %q", text)
			continue
		}
		constant := name + word
		if b.pkg.Take(constant, "the value "+quote(text)+" of "+subject, pos) {
			e.Values = append(e.Values, model.EnumValue{Name: constant, Value: text})
		}
	}
	b.enums[name] = e
}

// validTag reports whether a property name can stand in a json struct tag.
func validTag(name string) bool {
	return name != "" && name != "-" && !strings.ContainsAny(name, "\"`,\\'") && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' })
}
