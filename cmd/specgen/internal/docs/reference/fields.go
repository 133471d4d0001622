package reference

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
)

const (
	extSensitive = "x-ack-sensitive"
	extClosed    = "x-ack-closed"
	extAbsent    = "x-ack-absent"
	extAlways    = "x-ack-always"
)

// tree is the page that fields stand on, and the way to them.
type tree struct {
	anchors   anchors
	operation string   // "" on the page of a schema
	request   bool     // of the operation, else its response
	within    []string // the schemas around a field
	left      *int     // how many fields the page takes before those of further schemas are left out
}

// maxFields is about how many fields a page shows. Schemas that hold each other can make
// more of them than any reader or computer can take.
const maxFields = 2000

// newTree returns the tree of an empty page.
func newTree(taken anchors) *tree {
	left := maxFields
	return &tree{anchors: taken, left: &left}
}

// below returns the tree inside of a schema, which may have no name.
func (t *tree) below(schema string) *tree {
	inner := *t
	if schema != "" {
		inner.within = append(slices.Clip(t.within), schema)
	}
	return &inner
}

// object is an object whose properties become fields.
type object struct {
	schema     *openapi3.Schema
	structure  *model.Struct     // nil when Go has no struct with its fields
	own        map[string]string // the anchors of its properties by name
	deprecated map[string]string // what is advised against in it, by the path of the property
}

// properties returns the fields of the properties of an object.
func (b *builder) properties(t *tree, o object) []*Field {
	inGo := b.goFields(o.structure)
	deprecated := deprecatedIn(o.schema)
	maps.Copy(deprecated, o.deprecated)
	always, _ := o.schema.Extensions[extAlways].([]any)
	var out []*Field
	for _, name := range b.propertyNames(o.schema) {
		p := o.schema.Properties[name]
		f := &Field{
			Name: name, Anchor: o.own[name], Required: slices.Contains(o.schema.Required, name), Always: slices.Contains(always, any(name)),
		}
		of := described{schema: p, inGo: inGo[name].Field, owner: inGo[name].owner, own: o.own, deprecated: following(deprecated, name)}
		of.text, of.ext, of.isDeprecated = p.Value.Description, p.Value.Extensions, p.Value.Deprecated
		if beside := b.Text(p.Origin, "description"); p.Ref != "" && beside != "" {
			of.text = beside
		}
		b.fill(t, f, of)
		if advice := deprecated[name]; advice != "" {
			f.Notice = Notice{Status: Deprecated, Text: b.text(advice, o.own)}
		}
		out = append(out, f)
	}
	return out
}

// described is what a field is made of: a property or a parameter.
type described struct {
	schema       *openapi3.SchemaRef
	inGo         *model.Field // nil when Go has no field for it
	owner        string       // the Go struct that has the field
	own          map[string]string
	deprecated   map[string]string
	text         string
	ext          map[string]any
	isDeprecated bool
}

// fill says of a field what its schema says, and adds the fields below it.
func (b *builder) fill(t *tree, f *Field, of described) {
	s := of.schema.Value
	named := b.named(of.schema)
	b.use(t, named)
	f.Type = b.typeOf(of.schema)
	f.Sensitive = isTrue(of.ext, extSensitive) || isTrue(s.Extensions, extSensitive)
	f.Description, f.Notice = b.noticed(of.ext, of.isDeprecated, of.text, "field", of.own)
	f.Default, f.Limits = b.defaultOf(s), b.limits(s)
	if of.schema.Ref == "" {
		f.Example = b.example(s.Origin, s.Example)
	}
	if sentence, ok := s.Extensions[extAbsent].(string); ok && of.schema.Ref == "" {
		f.Absent = b.text(sentence, of.own)
	}
	var structure *model.Struct
	var enum *model.Enum
	if of.inGo != nil {
		f.Go, f.GoType, f.GoDoc = of.inGo.Name, goType(of.inGo.Type), of.owner+"."+of.inGo.Name
		structure, enum = b.typesIn(of.inGo.Type)
	}
	element := elementOf(of.schema)
	f.Enum, f.Closed = b.values(element.Value, enum), isTrue(element.Value.Extensions, extClosed)
	if element.Value != s {
		f.Limits = append(f.Limits, b.itemLimits(element.Value)...)
	}
	if len(element.Value.Properties) == 0 {
		return
	}
	if named != "" {
		f.Description = f.Description.lead()
	}
	f.Recursive = named != "" && slices.Contains(t.within, named)
	f.Elsewhere = f.Recursive || named != "" && *t.left <= 0
	if f.Elsewhere {
		return
	}
	*t.left -= len(element.Value.Properties)
	own := t.anchors.of(f.Anchor+".", b.propertyNames(element.Value))
	f.Fields = b.properties(t.below(named), object{schema: element.Value, structure: structure, own: own, deprecated: of.deprecated})
}

// use notes that an operation sends or receives a schema.
func (b *builder) use(t *tree, schema string) {
	if t.operation == "" || schema == "" {
		return
	}
	if b.uses[schema] == nil {
		b.uses[schema] = map[string]*Use{}
	}
	u := b.uses[schema][t.operation]
	if u == nil {
		u = &Use{Operation: t.operation}
		b.uses[schema][t.operation] = u
	}
	u.Request = u.Request || t.request
	u.Response = u.Response || !t.request
}

// elementOf returns the schema of the single values of a list or map at any depth, and
// any other schema itself.
func elementOf(ref *openapi3.SchemaRef) *openapi3.SchemaRef {
	for {
		inner := inside(ref.Value)
		if inner == nil || inner.Value == nil {
			return ref
		}
		ref = inner
	}
}

// deprecatedIn returns what x-ack-deprecated of an object says, by the paths of
// properties.
func deprecatedIn(s *openapi3.Schema) map[string]string {
	out := map[string]string{}
	given, _ := s.Extensions["x-ack-deprecated"].(map[string]any)
	for path, advice := range given {
		out[path], _ = advice.(string)
	}
	return out
}

// following returns what stands below a property, without its name.
func following(paths map[string]string, name string) map[string]string {
	out := map[string]string{}
	for path, advice := range paths {
		if rest, ok := strings.CutPrefix(path, name+"."); ok {
			out[rest] = advice
		}
	}
	return out
}

// goField is a field of the Go struct that declares it.
type goField struct {
	*model.Field

	owner string
}

// goFields returns the fields of a struct that hold properties, by the names of these.
func (b *builder) goFields(s *model.Struct) map[string]goField {
	out := map[string]goField{}
	if s == nil {
		return out
	}
	if s.Embeds != "" {
		out = b.goFields(b.structs[s.Embeds])
	}
	for _, f := range s.Fields {
		if wire, _, _ := strings.Cut(f.Tag, ","); wire != "-" {
			out[wire] = goField{f, s.Name}
		}
	}
	return out
}

// typesIn returns the struct or the enum that a Go type ends in.
func (b *builder) typesIn(t model.Type) (*model.Struct, *model.Enum) {
	for t.Elem != nil {
		t = *t.Elem
	}
	if t.Kind != model.KindNamed {
		return nil, nil
	}
	return b.structs[t.Name], b.enums[t.Name]
}
