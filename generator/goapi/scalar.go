package goapi

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// supported reports the keywords of a schema that would change its Go type or its
// values on the wire, and that the generator does not know.
func (b *builder) supported(ref *openapi3.SchemaRef, use typeUse) bool {
	s := ref.Value
	bad := func(keyword, what, fix string) bool {
		b.unsupported(b.keyword(s, use, keyword), use.subject, what, fix)
		return false
	}
	switch {
	case len(s.OneOf) > 0:
		return bad("oneOf", "oneOf", "declare one object with optional fields")
	case len(s.AnyOf) > 0:
		return bad("anyOf", "anyOf", "declare one object with optional fields")
	case len(s.AllOf) > 0:
		return bad("allOf", "allOf", "write all fields into one object")
	case s.Not != nil:
		return bad("not", "not", "say in the description what is refused")
	case s.Discriminator != nil:
		return bad("discriminator", "a discriminator", "declare one object with optional fields")
	case s.Nullable:
		return bad("nullable", "nullable", "leave the field out of required: absent and null are read alike")
	case s.XML != nil:
		return bad("xml", "xml", "bodies are JSON")
	case s.Type.IsMultiple():
		return bad("type", "a schema with several types", "declare the type that is on the wire")
	case s.Type.IsEmpty() && needsType(s):
		return bad("", "a schema without a type", "write its type; a schema without any keyword is free JSON")
	case len(s.Enum) > 0 && !s.Type.Is("string"):
		return bad("enum", "an enum of anything but strings", "list the known values in the description")
	case !isBool(s.Extensions[closedKey]):
		return bad(closedKey, closedKey+" with another value than true or false", "write "+closedKey+": true")
	case s.Extensions[closedKey] == true && !isEnum(s):
		return bad(closedKey, closedKey+" on anything but an enum", "list the values, or leave it out")
	case !isBool(s.Extensions[sensitiveKey]) || !isBool(use.ext[sensitiveKey]):
		return bad(sensitiveKey, sensitiveKey+" with another value than true or false", "write "+sensitiveKey+": true")
	case isSensitive(s.Extensions) && !s.Type.Is("string"):
		return bad(sensitiveKey, sensitiveKey+" on anything but a string", "mark the strings inside")
	case strings.Contains(refOf(ref), "/"):
		b.unsupported(b.Locate(ref.Origin), use.subject, "the reference "+quote(ref.Ref)+" into a schema", "make it a named schema and refer to that")
		return false
	case isStruct(s) && refOf(ref) == "":
		return bad("", "an inline object with properties", "make it a named schema and refer to it")
	}
	if k := b.badBound(s); k.name != "" {
		return bad(k.name, k.what, "write a whole number below 2^63, or leave it out")
	}
	if k := unknownKeyword(s); k.name != "" {
		return bad(k.name, firstOf(k.what, k.name), "tell it in the description")
	}
	return true
}

// needsType reports whether a schema has keywords that mean nothing without a
// type.
func needsType(s *openapi3.Schema) bool {
	return len(s.Properties) > 0 || s.Items != nil || s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil ||
		s.Format != "" || s.Pattern != "" || len(s.Enum) > 0 || s.Min != nil || s.Max != nil || isSensitive(s.Extensions)
}

// keyword is a keyword of a schema, with the name that messages give it if they do
// not use its own.
type keyword struct{ name, what string }

// unknownKeyword returns a keyword that neither the type nor the text shows.
func unknownKeyword(s *openapi3.Schema) keyword {
	switch {
	case s.ReadOnly:
		return keyword{name: "readOnly"}
	case s.WriteOnly:
		return keyword{name: "writeOnly"}
	case s.UniqueItems:
		return keyword{name: "uniqueItems"}
	case s.MultipleOf != nil:
		return keyword{name: "multipleOf"}
	case s.MinProps > 0:
		return keyword{name: "minProperties"}
	case s.MaxProps != nil:
		return keyword{name: "maxProperties"}
	case s.ExclusiveMin.IsSet():
		return keyword{name: "exclusiveMinimum"}
	case s.ExclusiveMax.IsSet():
		return keyword{name: "exclusiveMaximum"}
	case s.AllowEmptyValue:
		return keyword{name: "allowEmptyValue"}
	case isMap(s) && s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has:
		return keyword{"additionalProperties", "an object without any fields"}
	}
	return keyword{}
}

const (
	dateTime     = "date-time"
	sensitiveKey = "x-ack-sensitive"
	closedKey    = "x-ack-closed"
)

// isBool accepts an absent value, too.
func isBool(v any) bool {
	_, ok := v.(bool)
	return ok || v == nil
}

// scalar returns the type of a schema that is not an object, array or enum.
func (b *builder) scalar(s *openapi3.Schema, use typeUse) (model.Type, bool) {
	sensitive := isSensitive(s.Extensions) || isSensitive(use.ext)
	switch {
	case sensitive && !s.Type.Is("string"): // said beside the schema, of a parameter
		b.unsupported(use.pos, use.subject, "x-ack-sensitive on anything but a string", "mark the strings inside")
		return model.Type{}, false
	case sensitive:
		return model.Type{Kind: model.KindSecret}, true
	case s.Type.IsEmpty():
		return model.Type{Kind: model.KindAny}, true
	}
	kinds := map[string]map[string]model.Kind{
		"string":  {"": model.KindString, dateTime: model.KindTime},
		"integer": {"": model.KindInt64, "int64": model.KindInt64, "int32": model.KindInt32},
		"boolean": {"": model.KindBool},
		"number":  {"": model.KindFloat64, "double": model.KindFloat64, "float": model.KindFloat64},
	}
	for name, formats := range kinds {
		if !s.Type.Is(name) {
			continue
		}
		kind, ok := formats[s.Format]
		if !ok {
			b.unsupported(b.keyword(s, use, "format"), use.subject, "the "+name+" format "+quote(s.Format), "use "+known(name))
		}
		return model.Type{Kind: kind}, ok
	}
	b.unsupported(use.pos, use.subject, "the type "+quote(strings.Join(s.Type.Slice(), ", ")), "")
	return model.Type{}, false
}

// keyword returns the position of a keyword of a schema, or that of its use where
// the schema has no position.
func (b *builder) keyword(s *openapi3.Schema, use typeUse, name string) diag.Pos {
	if s.Origin == nil || s.Origin.Key == nil {
		return use.pos
	}
	return b.Locate(s.Origin, name)
}

func known(typ string) string {
	switch typ {
	case "string":
		return "no format or date-time"
	case "integer":
		return "int32 or int64"
	case "number":
		return "double or float"
	default:
		return "no format"
	}
}

func isSensitive(ext map[string]any) bool {
	v, _ := ext[sensitiveKey].(bool)
	return v
}

// enumType returns the type of a string with known values. A named schema has a
// type already; an inline one gets the name of the field that declares it.
func (b *builder) enumType(ref *openapi3.SchemaRef, use typeUse) (model.Type, bool) {
	if isSensitive(ref.Value.Extensions) || isSensitive(use.ext) {
		b.unsupported(use.pos, use.subject, "x-ack-sensitive on an enum", "known values are not secret")
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
	doc := name + " is a value of [" + use.in.Name + "." + use.field + "]."
	e := b.addEnum(name, doc, ref.Value, use.subject, use.pos)
	use.in.Enums = append(use.in.Enums, e)
	return model.Type{Kind: model.KindNamed, Name: name}, true
}

// addEnum builds an enum type. Its constants are named after type and value.
func (b *builder) addEnum(name, doc string, s *openapi3.Schema, subject string, pos diag.Pos) *model.Enum {
	e := &model.Enum{Name: name, Doc: doc, Closed: isClosed(s)}
	const fix = "give it a name with " + extEnumNames + ", or name the value in the description instead: values that are not declared pass through"
	names := b.enumNames(s, subject)
	seen := map[string]bool{}
	values := s.Origin
	for i, v := range s.Enum {
		pos := pos
		if values != nil && values.Key != nil {
			pos = b.Locate(values, "enum", strconv.Itoa(i))
		}
		text, ok := v.(string)
		if !ok {
			b.unsupported(pos, subject, strings.ReplaceAll(fmt.Sprintf("the enum value %v, which is not a string,", v), "<nil>", "null"), "quote it or leave it out")
			continue
		}
		if seen[text] {
			b.diags.Addf(pos, CodeName, subject, "the enum value %q is listed twice", text)
			continue
		}
		seen[text] = true
		if e.Closed && strings.ContainsAny(text, ",|") {
			b.unsupported(pos, subject, "the value "+quote(text)+" of a closed enum", "leave out x-ack-closed: commas and bars separate the values in the struct tag")
		}
		word := firstOf(names[text], naming.Exported(text))
		if text == "" {
			word = firstOf(names[text], "Empty")
		}
		if word == "" {
			b.diags.Add(diag.Finding{
				Pos: pos, Code: CodeName, Subject: subject, Message: "no Go name can be made from the enum value " + quote(text), Fix: fix,
			})
			continue
		}
		constant := name + word
		if b.pkg.TakeOr(constant, "the value "+quote(text)+" of "+subject, pos, fix) {
			e.Values = append(e.Values, model.EnumValue{Name: constant, Value: text})
		}
	}
	b.enums[name] = e
	return e
}

const extEnumNames = "x-ack-enum-names"

// enumNames returns the ends of constants that the schema gives to values from which
// none can be made, by value.
func (b *builder) enumNames(s *openapi3.Schema, subject string) map[string]string {
	v, ok := s.Extensions[extEnumNames]
	if !ok {
		return nil
	}
	bad := func(value, problem, fix string) {
		b.diags.Add(diag.Finding{Pos: b.Locate(s.Origin, extEnumNames, value), Code: CodeExtension, Subject: subject, Message: extEnumNames + ": " + problem, Fix: fix})
	}
	given, ok := v.(map[string]any)
	if !ok {
		bad("", "is not a map from values to names", "write {\"*\": Any}")
		return nil
	}
	names := map[string]string{}
	for _, value := range slices.Sorted(maps.Keys(given)) {
		name, _ := given[value].(string)
		switch {
		case !slices.Contains(s.Enum, any(value)):
			bad(value, "the enum does not list "+quote(value), "correct the value")
		case name == "" || naming.Exported(name) != name:
			bad(value, "the name of "+quote(value)+" is not the end of a Go name", "write it in upper camel case, such as Any")
		default:
			names[value] = name
		}
	}
	return names
}

// validTag reports whether a property name can stand in a json struct tag.
func validTag(name string) bool {
	return name != "" && name != "-" && !strings.ContainsAny(name, "\"`,\\'") && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' })
}
