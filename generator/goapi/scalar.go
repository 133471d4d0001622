package goapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// supported reports what makes a schema impossible in Go, and warns of what its type
// does not show.
func (b *builder) supported(ref *openapi3.SchemaRef, use typeUse) bool {
	s := ref.Value
	bad := func(keyword, what, fix string) bool {
		b.unsupported(b.keyword(s, use, keyword), use.subject, what, fix)
		return false
	}
	switch {
	case s.Not != nil:
		b.warn(b.keyword(s, use, "not"), CodeUnsupported, use.subject, "not is left out", "say in the description what is refused")
	case !isBool(s.Extensions[closedKey]):
		return bad(closedKey, closedKey+" with another value than true or false", "write "+closedKey+": true")
	case s.Extensions[closedKey] == true && (!isEnum(s) || !s.Type.Is("string")):
		return bad(closedKey, closedKey+" on anything but an enum of strings", "list the values, or leave it out")
	case !isBool(s.Extensions[sensitiveKey]) || !isBool(use.ext[sensitiveKey]):
		return bad(sensitiveKey, sensitiveKey+" with another value than true or false", "write "+sensitiveKey+": true")
	case isSensitive(s.Extensions) && !s.Type.Is("string"):
		return bad(sensitiveKey, sensitiveKey+" on anything but a string", "mark the strings inside")
	}
	if k := b.badBound(s); k.name != "" {
		b.warn(b.keyword(s, use, k.name), CodeUnsupported, use.subject, k.what+" is not checked", "write a whole number below 2^63, or leave it out")
	}
	return true
}

// keyword is a keyword of a schema, with the name that messages give it.
type keyword struct{ name, what string }

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
	case sensitive && s.Default != nil:
		b.unsupported(b.keyword(s, use, "default"), use.subject, "x-ack-sensitive with a default", "a value that the document shows is no secret")
		return model.Type{}, false
	case sensitive:
		return model.Type{Kind: model.KindSecret}, true
	case s.Type.IsEmpty() && use.text:
		return model.Type{Kind: model.KindString}, true
	case s.Type.IsEmpty():
		return model.Type{Kind: model.KindAny}, true
	}
	kind, ok := kindOf(s, use.text)
	if !ok {
		b.unsupported(use.pos, use.subject, "the type "+quote(strings.Join(s.Type.Slice(), ", ")), "")
	}
	return model.Type{Kind: kind}, ok
}

// kindOf returns the kind of a scalar. A format that is not known says what a text
// looks like, which its type need not show.
func kindOf(s *openapi3.Schema, text bool) (model.Kind, bool) {
	switch {
	case s.Type.Is("string") && s.Format == dateTime:
		return model.KindTime, true
	case s.Type.Is("string") && s.Format == "byte" && !text:
		return model.KindBytes, true
	case s.Type.Is("string"):
		return model.KindString, true
	case s.Type.Is("integer") && s.Format == "int32":
		return model.KindInt32, true
	case s.Type.Is("integer"):
		return model.KindInt64, true
	case s.Type.Is("boolean"):
		return model.KindBool, true
	case s.Type.Is("number"):
		return model.KindFloat64, true
	}
	return "", false
}

// keyword returns the position of a keyword of a schema, or that of its use where
// the schema has no position.
func (b *builder) keyword(s *openapi3.Schema, use typeUse, name string) diag.Pos {
	if s.Origin == nil || s.Origin.Key == nil {
		return use.pos
	}
	return b.Locate(s.Origin, name)
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
	name = b.free(b.pkg, use.pos, use.subject, "the values of "+use.subject, name, name+"Value")
	b.inline[ref.Value] = name
	doc := name + " is a value of [" + use.in.Name + "." + use.field + "]."
	e := b.addEnum(name, doc, ref.Value, use.subject, use.pos)
	use.in.Enums = append(use.in.Enums, e)
	return model.Type{Kind: model.KindNamed, Name: name}, true
}

// addEnum builds an enum type. Its constants are named after type and value.
func (b *builder) addEnum(name, doc string, s *openapi3.Schema, subject string, pos diag.Pos) *model.Enum {
	e := &model.Enum{Name: name, Doc: doc, Closed: isClosed(s), Kind: model.KindString}
	if s.Type.Is("integer") {
		e.Kind, _ = kindOf(s, false)
	}
	names := b.enumNames(s, subject)
	seen := map[string]bool{}
	for i, v := range s.Enum {
		pos := pos
		if s.Origin != nil && s.Origin.Key != nil {
			pos = b.Locate(s.Origin, "enum", strconv.Itoa(i))
		}
		text, ok := b.enumText(e, s, i, v, subject, pos)
		if !ok {
			continue
		}
		if seen[text] {
			b.warn(pos, CodeName, subject, "the enum value "+quote(text)+" is listed twice", "delete one")
			continue
		}
		seen[text] = true
		if e.Closed && strings.ContainsAny(text, ",|") {
			b.unsupported(pos, subject, "the value "+quote(text)+" of a closed enum", "leave out x-ack-closed: commas and bars separate the values in the struct tag")
		}
		b.enumConstant(e, text, firstOf(names[text], wordOf(text)), subject, pos)
	}
	b.enums[name] = e
	return e
}

// enumText returns a value as it stands in Go.
func (b *builder) enumText(e *model.Enum, s *openapi3.Schema, i int, v any, subject string, pos diag.Pos) (string, bool) {
	text, isText := v.(string)
	if e.Kind == model.KindString && isText {
		return text, true
	}
	number, isNumber := v.(float64)
	if e.Kind != model.KindString && isNumber {
		text = firstOf(b.Number(s.Origin, "enum", strconv.Itoa(i)), strconv.FormatFloat(number, 'f', -1, 64))
		if _, err := strconv.ParseInt(text, 10, map[model.Kind]int{model.KindInt32: 32, model.KindInt64: 64}[e.Kind]); err == nil {
			return text, true
		}
	}
	b.warn(pos, CodeName, subject, "the enum value "+jsonText(v)+" has another type than the enum and gets no constant", "write it in the type of the enum, or leave it out")
	return "", false
}

// wordOf returns the end of the constant of a value, or "".
func wordOf(text string) string {
	if text == "" {
		return "Empty"
	}
	if rest, negative := strings.CutPrefix(text, "-"); negative && strings.Trim(rest, "0123456789") == "" {
		return "Minus" + rest
	}
	if strings.Trim(text, "0123456789") == "" {
		return text
	}
	return naming.Exported(text)
}

// enumConstant adds the constant of a value. A value without one passes like any that
// the document does not list.
func (b *builder) enumConstant(e *model.Enum, text, word, subject string, pos diag.Pos) {
	const fix = "give it a name with " + extEnumNames + ", or name the value in the description instead: values that are not declared pass through"
	switch first, taken := b.pkg.Holder(e.Name + word); {
	case word == "":
		b.warn(pos, CodeName, subject, "no Go name can be made from the enum value "+quote(text)+", which gets no constant", fix)
	case taken:
		b.warn(pos, naming.CodeCollision, subject, "the enum value "+quote(text)+" gets no constant: the Go name "+e.Name+word+" is taken by "+first, fix)
	default:
		b.pkg.Take(e.Name+word, "the value "+quote(text)+" of "+subject, pos)
		e.Values = append(e.Values, model.EnumValue{Name: e.Name + word, Value: text})
	}
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
