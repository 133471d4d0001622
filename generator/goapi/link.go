package goapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// linker turns the names that descriptions mark with back-ticks into Go names and
// links. A mark that names nothing in the document stays as it is.
type linker struct {
	*builder

	fields map[string]string // Go names of all properties and parameters by wire name; "" where they differ
	types  map[string]string // Go names of all schemas
	ops    map[string]string // links to all methods by operation id
}

// link replaces the marks in all texts of the model. The operations that are not
// built have names and no links.
func (b *builder) link(api *model.API, ops, others []*operation) {
	l := linker{builder: b, fields: map[string]string{}, types: map[string]string{}, ops: map[string]string{}}
	l.index(slices.Concat(ops, others))
	api.Doc = l.text(api.Doc, nil)
	for i := range api.ErrorCodes {
		api.ErrorCodes[i].Doc = l.text(api.ErrorCodes[i].Doc, nil)
	}
	for _, g := range api.Groups {
		g.Doc = l.text(g.Doc, nil)
		for _, op := range g.Operations {
			own := l.namesOf(op.Request)
			for _, p := range op.Params {
				own[p.Wire] = p.Field
			}
			op.Summary, op.Doc = l.text(op.Summary, own), l.text(op.Doc, own)
			l.structTexts(op.Request, own)
			l.structTexts(op.Response, l.namesOf(op.Response))
		}
	}
	for _, file := range api.Types {
		for _, s := range file.Structs {
			l.structTexts(s, l.namesOf(s))
		}
		for _, e := range file.Enums {
			e.Doc = l.text(e.Doc, nil)
		}
	}
}

func (l linker) structTexts(s *model.Struct, own map[string]string) {
	s.Doc = l.text(s.Doc, own)
	for _, f := range s.Fields {
		f.Doc = l.text(f.Doc, own)
	}
	for _, e := range s.Enums {
		e.Doc = l.text(e.Doc, own)
	}
}

// text replaces the marks of one text. own are the fields of the struct that it is
// about, by wire name.
func (l linker) text(text string, own map[string]string) string {
	return naming.ReplaceMarks(text, func(name string) string {
		if schema, property, ok := strings.Cut(name, "."); ok {
			return l.property(schema, property)
		}
		switch {
		case own[name] != "":
			return own[name]
		case l.ops[name] != "":
			return l.ops[name]
		case l.types[name] != "":
			return l.types[name]
		}
		return l.fields[name]
	})
}

// property returns the link to a field of a type.
func (l linker) property(schema, property string) string {
	s := l.components()[schema]
	if s == nil || s.Value == nil || s.Value.Properties[property] == nil {
		return ""
	}
	field := goFieldName(property, s.Value.Properties[property])
	if t := l.builder.types[schema]; t != nil && t.fields != nil {
		return "[" + t.goName + "." + field + "]"
	}
	return field
}

// namesOf returns the Go names of a struct's fields by wire name.
func (l linker) namesOf(s *model.Struct) map[string]string {
	out := map[string]string{}
	if embedded := l.structNamed(s.Embeds); s.Embeds != "" && embedded != nil {
		out = l.namesOf(embedded)
	}
	for _, f := range s.Fields {
		if wire, _, _ := strings.Cut(f.Tag, ","); wire != "-" {
			out[wire] = f.Name
		}
	}
	return out
}

// index collects what marks can name.
func (l linker) index(ops []*operation) {
	for name, s := range l.components() {
		if t := l.builder.types[name]; t != nil && t.emitted {
			l.types[name] = "[" + t.goName + "]"
		} else {
			l.types[name] = naming.Exported(name)
		}
		for wire, p := range s.Value.Properties {
			l.field(wire, goFieldName(wire, p))
		}
	}
	for _, o := range ops {
		l.ops[o.OperationID] = o.OperationID
		if o.built != nil {
			l.ops[o.OperationID] = "[Client." + o.built.Name + "]"
		}
		for _, p := range o.params {
			l.field(p.Name, goNameIn(p.Extensions, p.Name))
		}
	}
}

// field notes the Go name of a property or a parameter.
func (l linker) field(wire, goName string) {
	if known, ok := l.fields[wire]; ok && known != goName {
		goName = "" // it depends on where the mark stands
	}
	l.fields[wire] = goName
}

func goFieldName(wire string, p *openapi3.SchemaRef) string {
	if p.Ref != "" || p.Value == nil {
		return naming.Exported(wire)
	}
	return goNameIn(p.Value.Extensions, wire)
}

// goNameIn returns the name that the extensions give, or the one of the wire.
func goNameIn(ext map[string]any, wire string) string {
	if name, ok := ext[extGoName].(string); ok {
		return name
	}
	return naming.Exported(wire)
}
