package goapi

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/internal/spell"
)

const extCopies = "x-ack-copies-to"

// copier builds the methods that copy types of responses into types of requests.
type copier struct {
	*builder

	ops     []*operation
	methods map[[2]string]string // by the names of both structs
	pending []pendingCopy
}

// copies builds the methods of all schemas with x-ack-copies-to. It names them all
// first, because methods of outer objects call those of inner ones.
func (b *builder) copies(ops []*operation) {
	c := &copier{builder: b, ops: ops, methods: map[[2]string]string{}}
	for _, name := range b.order {
		c.declare(b.types[name])
	}
	for _, p := range c.pending {
		c.fill(p.copy, p.from, p.to)
	}
}

// pendingCopy is a method that has a name and no fields yet.
type pendingCopy struct {
	copy     *model.Copy
	from, to *model.Struct
}

// declare names the methods of one schema.
func (c *copier) declare(t *namedType) {
	value, ok := t.schema.Extensions[extCopies]
	from := c.structOf(t.wire)
	if !ok || from == nil {
		return
	}
	var targets []string
	if data, err := json.Marshal(value); err != nil || json.Unmarshal(data, &targets) != nil {
		c.badCopy(t, "is not a list of names", "list the schemas of requests")
		return
	}
	scope := naming.NewScope("struct "+from.Name, c.diags)
	for _, f := range from.Fields {
		scope.Reserve("a field", f.Name)
	}
	for _, target := range targets {
		if c.components()[target] == nil {
			c.badCopy(t, "names "+quote(target)+", which is not a schema"+spell.Hint(target, c.order), "correct the name")
			continue
		}
		if reached := c.types[target]; reached != nil && !reached.request {
			c.badCopy(t, "names "+quote(target)+", which no request takes", "name the schema of a request")
			continue
		}
		if to := c.structOf(target); to != nil && scope.Take("To"+to.Name, "the copy of "+t.wire, c.Locate(t.schema.Origin, extCopies)) {
			c.methods[[2]string{from.Name, to.Name}] = "To" + to.Name
			method := &model.Copy{Method: "To" + to.Name, To: to.Name}
			from.Copies = append(from.Copies, method)
			c.pending = append(c.pending, pendingCopy{method, from, to})
		}
	}
}

func (c *copier) badCopy(t *namedType, problem, fix string) {
	c.diags.Add(diag.Finding{Pos: c.Locate(t.schema.Origin, extCopies), Code: CodeExtension, Subject: t.wire, Message: extCopies + " " + problem, Fix: fix})
}

// structOf returns the struct that holds the fields of a schema: its own, or that
// of the only request or response whose body it is. It returns nil when there is
// none.
func (c *copier) structOf(schema string) *model.Struct {
	if t := c.types[schema]; t == nil || t.fields != nil {
		return fieldsOf(t)
	}
	var found []*model.Struct
	for _, o := range c.ops {
		if o.built == nil {
			continue
		}
		if refOf(o.body) == schema {
			found = append(found, o.built.Request)
		}
		if refOf(o.result) == schema {
			found = append(found, o.built.Response)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

func fieldsOf(t *namedType) *model.Struct {
	if t == nil {
		return nil
	}
	return t.fields
}

// fill decides how every field of the target is copied. The documentation of the
// method lists the fields that are not.
func (c *copier) fill(m *model.Copy, from, to *model.Struct) {
	var left []string
	for _, f := range to.Fields {
		wire, _, _ := strings.Cut(f.Tag, ",")
		if wire == "-" {
			continue
		}
		source := c.fieldOf(from, wire)
		if source == nil {
			left = append(left, f.Name)
			continue
		}
		field, ok := c.field(source.Type, f.Type)
		if !ok {
			left = append(left, f.Name)
			continue
		}
		field.To, field.From = f.Name, source.Name
		m.Fields = append(m.Fields, field)
	}
	m.Doc = m.Method + " returns a new " + to.Name + " with the values of the fields that both types have. Zero values are not set. " +
		"Lists and maps are shared with the copy."
	if len(left) > 0 {
		m.Doc += " Not copied: " + strings.Join(left, ", ") + "."
	}
}

// field decides how a value of one type becomes one of another, if it can.
func (c *copier) field(from, to model.Type) (model.CopiedField, bool) {
	plainFrom, plainTo := from, to
	plainFrom.Pointer, plainTo.Pointer = false, false
	switch {
	case c.secret(from, nil) || c.secret(to, nil):
		return c.copied(from, to)
	case sameType(plainFrom, plainTo) && from.Pointer == to.Pointer:
		return model.CopiedField{How: model.CopyAsIs}, true
	case sameType(plainFrom, plainTo) && to.Pointer:
		return model.CopiedField{How: model.CopyNonZero}, true
	case sameType(plainFrom, plainTo):
		return model.CopiedField{How: model.CopyValue}, true
	case c.isText(from) && c.isText(to) && !from.Pointer && to.Pointer:
		return model.CopiedField{How: model.CopyNonZeroText, Through: textType(to)}, true
	case c.isText(from) && c.isText(to) && !from.Pointer:
		return model.CopiedField{How: model.CopyText, Through: textType(to)}, true
	}
	return c.copied(from, to)
}

// copied decides it for structs that have a copying method, and for lists of them.
func (c *copier) copied(from, to model.Type) (model.CopiedField, bool) {
	if from.Kind == model.KindSlice && to.Kind == model.KindSlice {
		method, ok := c.methods[[2]string{from.Elem.Name, to.Elem.Name}]
		return model.CopiedField{How: model.CopyList, Through: method, Item: from.Elem.Name}, ok
	}
	method, ok := c.methods[[2]string{from.Name, to.Name}]
	how := model.CopyNonZeroStruct
	switch {
	case !to.Pointer:
		how = model.CopyIntoStruct
	case from.Pointer:
		how = model.CopyStruct
	}
	return model.CopiedField{How: how, Through: method}, ok
}

func (c *copier) isText(t model.Type) bool {
	return t.Kind == model.KindString || t.Kind == model.KindNamed && c.enums[t.Name] != nil
}

func textType(t model.Type) string {
	if t.Kind == model.KindNamed {
		return t.Name
	}
	return string(t.Kind)
}

func sameType(a, b model.Type) bool {
	if a.Kind != b.Kind || a.Name != b.Name || a.Pointer != b.Pointer || (a.Elem == nil) != (b.Elem == nil) {
		return false
	}
	return a.Elem == nil || sameType(*a.Elem, *b.Elem)
}

// secret reports whether a value of the type can hold a secret. Responses mostly hold
// a mask instead of a secret, and nobody means to send that.
func (c *copier) secret(t model.Type, seen []string) bool {
	for t.Elem != nil {
		t = *t.Elem
	}
	if t.Kind == model.KindSecret {
		return true
	}
	s := c.structNamed(t.Name)
	if t.Kind != model.KindNamed || s == nil || slices.Contains(seen, t.Name) {
		return false
	}
	return slices.ContainsFunc(s.Fields, func(f *model.Field) bool { return c.secret(f.Type, append(seen, t.Name)) })
}
