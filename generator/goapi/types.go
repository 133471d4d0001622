package goapi

import (
	"cmp"
	"slices"

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
		if t.goName == "" || !b.pkg.Take(t.goName, "the schema "+name, pos) {
			continue
		}
		if isEnum(t.schema) {
			t.enum = b.addEnum(t.goName, b.namedTypeDoc(t), t.schema, name, pos)
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
	text, deprecated := splitDeprecated(t.schema.Description)
	status := b.status(t.schema.Extensions, t.schema.Origin, t.wire)
	return paragraphs(typeDoc(t.goName, text), status, firstOf(deprecated, deprecation(t.schema.Deprecated, "", "type")))
}

func (b *builder) buildStruct(t *namedType) {
	t.fields = &model.Struct{Name: t.goName, Doc: b.namedTypeDoc(t)}
	scope := naming.NewScope("struct "+t.goName, b.diags)
	ref := &openapi3.SchemaRef{Ref: schemaPrefix + t.wire, Value: t.schema}
	b.properties(ref, t.goName, scope, t.fields)
}

// object is an object schema whose properties become fields.
type object struct {
	schema  *openapi3.Schema
	subject string        // how findings call it
	owner   string        // prefix of the names of inline enums
	request bool          // a request can hold it
	fields  *naming.Scope // the names of the struct
	in      *model.Struct // takes the fields
}

// properties adds the fields of an object schema to a struct, in spec order.
func (b *builder) properties(ref *openapi3.SchemaRef, owner string, fields *naming.Scope, in *model.Struct) {
	s := ref.Value
	subject := firstOf(refOf(ref), owner)
	if s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil && *s.AdditionalProperties.Has {
		b.unsupported(b.Locate(s.Origin), subject, "an object with both properties and additionalProperties", "keep one of the two")
	}
	t := b.types[refOf(ref)]
	obj := object{schema: s, subject: subject, owner: owner, request: t != nil && t.request, fields: fields, in: in}
	for _, name := range b.propertyOrder(s) {
		if f := b.property(obj, name); f != nil {
			in.Fields = append(in.Fields, f)
		}
	}
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
	obj.fields.Take(name, "the property "+wire, pos)
	if !validTag(wire) {
		b.diags.Addf(pos, CodeName, subject, "the property name %q cannot be written in a struct tag", wire)
		return nil
	}
	t, ok := b.typeOf(p, typeUse{owner: obj.owner, field: name, subject: subject, pos: pos, in: obj.in})
	if !ok {
		return nil
	}
	required := slices.Contains(obj.schema.Required, wire)
	absent := b.absence(p, t, subject)
	tag := wire
	if !required || b.leftOut(t) {
		tag += ",omitzero"
	}
	t.Pointer = !required && pointerable(t) && (obj.request || absent != "") || b.leadsBack(p, obj.schema)
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
	text, deprecated := splitDeprecated(s.Description)
	if deprecated == "" {
		deprecated = deprecation(s.Deprecated, s.Description, "field")
	}
	if p.Ref != "" && (isStruct(s) || isEnum(s)) {
		return paragraphs(lead(text), b.facts(&openapi3.Schema{Default: s.Default}, required), deprecated)
	}
	return paragraphs(text, absent, b.facts(s, required), b.status(s.Extensions, s.Origin, subject), deprecated)
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
