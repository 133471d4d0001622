package goapi

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// namedType is a component schema that becomes a Go type of its own.
type namedType struct {
	wire    string
	goName  string
	schema  *openapi3.Schema
	request bool          // a request can hold it
	emitted bool          // something other than a flattened body refers to it
	results int           // how many operations have it as the body of their response
	fields  *model.Struct // nil for an enum
	enum    *model.Enum   // nil for a struct
}

// typeUse tells where a type is used: for names of inline enums and findings.
type typeUse struct {
	owner   string // prefix of the name of an inline enum
	field   string
	subject string
	pos     diag.Pos
	ext     map[string]any     // extensions beside the schema, of a parameter
	inside  []*openapi3.Schema // the arrays and maps around it
	in      *model.Struct      // takes the enums that the field declares
	text    bool               // the value travels as text, in a path, a query or a header
}

// findReach marks the named schemas that requests and responses reach. It also marks
// those that need a Go type of their own. A schema that is only the body of requests,
// or of one response, needs none: its properties become fields of their structs.
//
// Other operations, which are not built, count for what a type looks like, and not
// for whether there is one.
func (b *builder) findReach(ops, others []*operation) {
	b.reachFrom(slices.Concat(ops, others))
	all := b.types
	b.types = map[string]*namedType{}
	b.reachFrom(ops)
	for name := range b.types {
		b.types[name] = all[name]
	}
}

func (b *builder) reachFrom(ops []*operation) {
	for _, o := range ops {
		for _, p := range o.params {
			b.reach(p.Schema, true, false)
			for _, m := range p.Content {
				b.reach(m.Schema, true, false)
			}
		}
		b.reach(o.body, true, true)
		b.reach(o.result, false, true)
		if t := b.types[refOf(o.result)]; t != nil {
			t.results++
			t.emitted = t.emitted || t.results > 1
		}
	}
}

// reach marks ref and everything below it. The properties of an object that is a
// body become fields of the request or response.
func (b *builder) reach(ref *openapi3.SchemaRef, request, body bool) {
	if ref == nil || ref.Value == nil {
		return
	}
	s := ref.Value
	if name := refOf(ref); name != "" && (isStruct(s) || isEnum(s)) {
		t := b.types[name]
		known := t != nil && (t.request || !request)
		if t == nil {
			t = &namedType{wire: name, schema: s}
			b.types[name] = t
		}
		t.request = t.request || request
		t.emitted = t.emitted || !body || isEnum(s)
		if known {
			return
		}
	}
	if b.walking[s] { // an array or map that holds itself, which typeOf reports
		return
	}
	b.walking[s] = true
	defer delete(b.walking, s)
	for _, p := range s.Properties {
		b.reach(p, request, false)
	}
	b.reach(s.Items, request, false)
	b.reach(s.AdditionalProperties.Schema, request, false)
	for _, v := range slices.Concat(s.OneOf, s.AnyOf) {
		b.reach(v, request, false)
	}
}

// nameTypes gives the named types their Go names, in spec order.
func (b *builder) nameTypes() {
	for name := range b.types {
		b.order = append(b.order, name)
	}
	slices.SortFunc(b.order, func(x, y string) int {
		return cmp.Or(b.Locate(b.types[x].schema.Origin).Compare(b.Locate(b.types[y].schema.Origin)), cmp.Compare(x, y))
	})
	for _, name := range b.order {
		t := b.types[name]
		if !t.emitted {
			continue
		}
		pos := b.Locate(t.schema.Origin)
		t.goName = b.goName(name, t.schema.Extensions, t.schema.Origin, name)
		b.noAbsence(t.schema, name)
		if t.goName == "" {
			continue
		}
		t.goName = b.free(b.pkg, pos, name, "the schema "+name, t.goName, t.goName+"Schema", t.goName+"SchemaType")
		if isEnum(t.schema) {
			t.enum = b.addEnum(t.goName, b.namedTypeDoc(t), t.schema, name, pos)
			t.enum.Schema = name
		}
	}
	for _, name := range b.order {
		if t := b.types[name]; t.emitted && isStruct(t.schema) {
			b.buildStruct(t)
		}
	}
}

// namedTypeDoc returns the text above the type of a schema.
func (b *builder) namedTypeDoc(t *namedType) string {
	s := t.schema
	n := b.notices(noticed{s.Extensions, s.Origin, t.wire, "type", s.Deprecated, s.Description})
	return paragraphs(typeDoc(t.goName, n.text), n.status, n.deprecated)
}

func (b *builder) buildStruct(t *namedType) {
	t.fields = &model.Struct{Name: t.goName, Schema: t.wire, Doc: b.namedTypeDoc(t)}
	if b.structs[t.goName] == nil {
		b.structs[t.goName] = t.fields
	}
	scope := naming.NewScope("struct "+t.goName, b.diags)
	ref := &openapi3.SchemaRef{Ref: schemaPrefix + t.wire, Value: t.schema}
	b.properties(ref, object{owner: t.goName, fields: scope, in: t.fields})
}

// object tells what becomes of the properties of an object schema.
type object struct {
	schema   *openapi3.Schema
	subject  string        // how findings call it
	owner    string        // prefix of the names of inline enums
	prefix   string        // of names that are taken
	request  bool          // a request can hold it
	optional bool          // nothing of it is required, as it may be left out as a whole
	fields   *naming.Scope // the names of the struct
	in       *model.Struct // takes the fields
}

// properties adds the fields of an object schema to a struct, in spec order.
func (b *builder) properties(ref *openapi3.SchemaRef, obj object) {
	s := ref.Value
	obj.schema, obj.subject = s, firstOf(refOf(ref), obj.owner)
	if s.AdditionalProperties.Schema != nil && hasType(s.AdditionalProperties.Schema.Value) {
		b.warn(b.Locate(s.Origin, "additionalProperties"), CodeUnsupported, obj.subject, "the type has fields for its properties only: additionalProperties are not kept",
			"declare what programs need as properties, or keep additionalProperties alone, which is a map")
	}
	t := b.types[refOf(ref)]
	obj.request = t != nil && t.request
	for _, name := range b.propertyOrder(s) {
		if f := b.property(obj, name); f != nil {
			obj.in.Fields = append(obj.in.Fields, f)
		}
	}
}

// hasType reports whether a schema is more than any JSON.
func hasType(s *openapi3.Schema) bool {
	return s != nil && (!s.Type.IsEmpty() || isUnion(s))
}

// propertyOrder returns the property names as they stand in the spec.
func (b *builder) propertyOrder(s *openapi3.Schema) []string {
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(b.Locate(propertyOrigin(s.Properties[x])).Compare(b.Locate(propertyOrigin(s.Properties[y]))), cmp.Compare(x, y))
	})
	return names
}

// propertyOrigin tells where a property stands: the position of the reference, not
// that of its target.
func propertyOrigin(p *openapi3.SchemaRef) *openapi3.Origin {
	if p.Origin == nil && p.Value != nil {
		return p.Value.Origin
	}
	return p.Origin
}

// property builds the field of the property that is called wire in JSON.
func (b *builder) property(obj object, wire string) *model.Field {
	p := obj.schema.Properties[wire]
	pos := b.Locate(propertyOrigin(p))
	subject := obj.subject + "." + wire
	var ext map[string]any
	if p.Ref == "" {
		ext = p.Value.Extensions
	}
	name := b.goName(wire, ext, propertyOrigin(p), subject)
	if name == "" {
		return nil
	}
	if !validTag(wire) {
		b.warn(pos, CodeName, subject, "the property is left out: its name cannot be written in a struct tag", "give it a name without quotes, commas and backslashes")
		return nil
	}
	name = b.free(obj.fields, pos, subject, "the property "+wire, name, obj.prefix+name, asWritten(wire), name+"Field")
	t, ok := b.typeOf(p, typeUse{owner: obj.owner, field: name, subject: subject, pos: pos, in: obj.in})
	if !ok {
		return nil
	}
	required := slices.Contains(obj.schema.Required, wire) && !obj.optional
	nullable := p.Value.Nullable || b.beside(p, "nullable") == "true"
	absent := b.absence(p, t, subject)
	tag := wire
	if !required || !nullable && b.leftOut(t) {
		tag += ",omitzero"
	}
	optional := !required && (obj.request || absent != "") || nullable && (required || obj.request)
	t.Pointer = optional && pointerable(t) || b.leadsBack(p, obj.schema)
	doc := paragraphs(b.fieldDoc(p, required && obj.request, absent, subject), deprecatedHere(obj.schema, wire))
	f := &model.Field{Name: name, Tag: tag, Type: t, Doc: doc}
	if obj.request {
		f.Limits = b.limits("", p.Value, required)
	}
	return f
}

// fieldDoc returns the text above a field. In OpenAPI a reference has no text of its
// own, so such a field gets the first paragraph of the description of its type.
func (b *builder) fieldDoc(p *openapi3.SchemaRef, required bool, absent, subject string) string {
	s := p.Value
	n := b.notices(noticed{s.Extensions, s.Origin, subject, "field", s.Deprecated, s.Description})
	if p.Ref != "" && (isStruct(s) || isEnum(s)) {
		return paragraphs(firstOf(b.beside(p, "description"), lead(n.text)), b.facts(&openapi3.Schema{Default: s.Default}, required), n.deprecated)
	}
	text := firstOf(b.beside(p, "description"), n.text)
	return paragraphs(text, b.variants(elementOf(s)), absent, b.facts(s, required), n.status, n.deprecated)
}

// beside returns the scalar of a key that stands beside a reference, or "".
func (b *builder) beside(p *openapi3.SchemaRef, key string) string {
	if p.Ref == "" {
		return ""
	}
	return b.Text(p.Origin, key)
}

// asWritten returns the name of a property as a Go name that keeps its capitals and
// underscores, for two that differ in nothing else.
func asWritten(wire string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, wire)
	first, size := utf8.DecodeRuneInString(name)
	if !unicode.IsLetter(first) {
		return "X" + name
	}
	return string(unicode.ToUpper(first)) + name[size:]
}

// variants says what a schema with alternatives can be.
func (b *builder) variants(s *openapi3.Schema) string {
	if !isUnion(s) {
		return ""
	}
	var names []string
	for _, v := range slices.Concat(s.OneOf, s.AnyOf) {
		if t := b.types[refOf(v)]; t != nil && t.goName != "" {
			names = append(names, "["+t.goName+"]")
		} else if v.Value != nil && !v.Value.Type.IsEmpty() {
			names = append(names, v.Value.Type.Slice()[0])
		}
	}
	if len(names) == 0 {
		return "Any JSON."
	}
	return "One of " + strings.Join(names, ", ") + ", as JSON: roa.ReadJSON reads it as the type that it is, and roa.WriteJSON makes it of one."
}

// leadsBack reports whether a struct that holds the property by value would hold
// itself.
func (b *builder) leadsBack(p *openapi3.SchemaRef, owner *openapi3.Schema) bool {
	seen := map[*openapi3.Schema]bool{}
	var walk func(s *openapi3.Schema) bool
	walk = func(s *openapi3.Schema) bool {
		if s == owner {
			return true
		}
		if seen[s] || !isStruct(s) {
			return false
		}
		seen[s] = true
		for _, q := range s.Properties {
			if walk(q.Value) {
				return true
			}
		}
		return false
	}
	return isStruct(p.Value) && walk(p.Value)
}

// typeOf returns the Go type of a schema without pointer.
func (b *builder) typeOf(ref *openapi3.SchemaRef, use typeUse) (model.Type, bool) {
	s := ref.Value
	if !b.supported(ref, use) {
		return model.Type{}, false
	}
	switch {
	case isStruct(s):
		return model.Type{Kind: model.KindNamed, Name: b.types[refOf(ref)].goName}, true
	case isUnion(s) && use.text:
		return model.Type{Kind: model.KindString}, true
	case isUnion(s):
		return model.Type{Kind: model.KindJSON}, true
	case isEnum(s):
		return b.enumType(ref, use)
	case isArray(s):
		return b.containerOf(model.KindSlice, s, s.Items, use)
	case isMap(s):
		if s.AdditionalProperties.Schema == nil {
			return model.Type{Kind: model.KindMap, Elem: &model.Type{Kind: model.KindAny}}, true
		}
		return b.containerOf(model.KindMap, s, s.AdditionalProperties.Schema, use)
	}
	return b.scalar(s, use)
}

// containerOf returns the type of the array or map s.
func (b *builder) containerOf(kind model.Kind, s *openapi3.Schema, elem *openapi3.SchemaRef, use typeUse) (model.Type, bool) {
	if slices.Contains(use.inside, s) {
		b.unsupported(b.Locate(s.Origin), use.subject, "an array or map that holds itself", "put an object with a field in between")
		return model.Type{}, false
	}
	use.inside = append(slices.Clip(use.inside), s)
	b.noAbsence(elem.Value, use.subject)
	t, ok := b.typeOf(elem, use)
	return model.Type{Kind: kind, Elem: &t}, ok
}
