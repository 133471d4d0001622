package drift

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// Compare returns in what a description of the operations and a spec differ, as far as
// the description tells. The error says why the description cannot be one of the same
// service.
//
// Before is the description as it was, or nil where that is not known. A value that an
// enum has lost since is a difference, while one that it never had is not.
func Compare(theirs, before, ours *upstream.Description) ([]Difference, error) {
	if missing, of := lacking(theirs, ours); missing*2 > of {
		return nil, fmt.Errorf("it lacks %d of the %d operations of the spec: it describes another product, or is cut off", missing, of)
	}
	for _, d := range []*upstream.Description{theirs, ours} {
		if err := sound(d); err != nil {
			return nil, err
		}
	}
	c := comparison{knows: theirs.Knows, backed: map[property]*backing{}, before: map[string]*Part{}}
	c.remember(before)
	pairs := pairsOf(theirs, ours)
	for _, p := range pairs {
		if p.theirs != nil && p.ours != nil {
			c.note(p.theirs, p.ours)
		}
	}
	for _, p := range pairs {
		switch {
		case p.ours == nil:
			c.add(Difference{Kind: OperationNew, Operation: p.theirs.Name, Upstream: route(p.theirs)})
		case p.theirs != nil:
			c.operation(p.theirs, p.ours)
		case !p.ours.Kept():
			c.add(Difference{Kind: OperationRemoved, Operation: p.ours.Name, Spec: route(p.ours), item: item{Node: p.ours.Node}})
		}
	}
	c.regions(theirs.Regions, ours.Regions)
	return sorted(c.list), nil
}

// sound refuses what cannot be compared.
func sound(d *upstream.Description) error {
	for i := range d.Operations {
		op := &d.Operations[i]
		if op.Name == "" {
			return fmt.Errorf("the operation %s has no name, by which operations are compared", route(op))
		}
		if len(parts(op)) >= maxParts {
			return fmt.Errorf("the operation %s has more than %d fields, because its objects hold each other", op.Name, maxParts)
		}
	}
	return nil
}

// pair is an operation on both sides; nil where a side lacks it.
type pair struct{ theirs, ours *upstream.Operation }

// pairsOf pairs operations by name, and those that are left by route: upstream has given
// them another name.
func pairsOf(theirs, ours *upstream.Description) []pair {
	var out []pair
	paired := map[*upstream.Operation]bool{}
	for i := range theirs.Operations {
		want := &theirs.Operations[i]
		have := find(ours, want.Name)
		if have == nil {
			have = renamed(want, theirs, ours)
		}
		paired[have] = true
		out = append(out, pair{want, have})
	}
	for i := range ours.Operations {
		if have := &ours.Operations[i]; !paired[have] {
			out = append(out, pair{nil, have})
		}
	}
	return out
}

// renamed returns the operation of the spec that has the route of one upstream, whose
// own name upstream no longer has, or nil.
func renamed(want *upstream.Operation, theirs, ours *upstream.Description) *upstream.Operation {
	i := slices.IndexFunc(ours.Operations, func(o upstream.Operation) bool {
		return upstream.PlainRoute(route(&o)) == upstream.PlainRoute(route(want)) && find(theirs, o.Name) == nil
	})
	if i < 0 {
		return nil
	}
	return &ours.Operations[i]
}

type comparison struct {
	knows upstream.Knowledge
	// backed are the properties of the spec that some operation upstream has: one schema
	// of the spec may serve several operations that have parts of it.
	backed map[property]*backing
	before map[string]*Part // by operation and key
	list   []Difference
}

type property struct {
	owner *yaml.Node
	name  string
}

// propertyOf returns the property that a part is; all of them are one that have one
// schema of the spec.
func propertyOf(p *Part) property {
	if p.Owner == nil {
		return property{}
	}
	return property{p.Owner.Node, p.Name}
}

// backing is what upstream says of a property of the spec in any operation.
type backing struct{ required, deprecated bool }

func (c *comparison) add(d Difference) { c.list = append(c.list, d) }

func (c *comparison) remember(before *upstream.Description) {
	if before == nil {
		return
	}
	for i := range before.Operations {
		for key, p := range byKey(parts(&before.Operations[i])) {
			c.before[p.Operation.Name+" "+key] = p
		}
	}
}

// note finds the properties of the spec that an operation upstream has.
func (c *comparison) note(want, have *upstream.Operation) {
	theirs := byKey(parts(want))
	for _, p := range parts(have) {
		want := theirs[p.key]
		if want == nil || p.Owner == nil {
			continue
		}
		b := c.backed[propertyOf(&p)]
		if b == nil {
			b = &backing{}
			c.backed[propertyOf(&p)] = b
		}
		b.required = b.required || want.Required
		b.deprecated = b.deprecated || want.Deprecated
	}
}

func byKey(list []Part) map[string]*Part {
	out := map[string]*Part{}
	for i := range list {
		out[list[i].key] = &list[i]
	}
	return out
}

func (c *comparison) operation(want, have *upstream.Operation) {
	at := item{Node: have.Node}
	if have.Name != want.Name {
		c.add(Difference{Kind: OperationRenamed, Operation: have.Name, Upstream: want.Name, Spec: have.Name, item: at})
	}
	if have.Removed {
		c.add(Difference{Kind: OperationBack, Operation: have.Name, Upstream: route(want), item: at})
	}
	if x, y := route(want), route(have); upstream.PlainRoute(x) != upstream.PlainRoute(y) {
		c.add(Difference{Kind: RouteChanged, Operation: have.Name, Upstream: x, Spec: y, item: at})
	}
	if c.knows.Deprecated && want.Deprecated != have.Deprecated {
		c.add(Difference{Kind: DeprecatedChange, Operation: have.Name, Upstream: deprecated(want.Deprecated), Spec: deprecated(have.Deprecated), item: at})
	}
	ours, theirs := parts(have), parts(want)
	known := byKey(ours)
	for i := range theirs {
		c.part(&theirs[i], known, have)
	}
	c.removed(ours, byKey(theirs))
}

// part compares a part of an operation upstream with the one of the spec.
func (c *comparison) part(want *Part, known map[string]*Part, op *upstream.Operation) {
	have := known[want.key]
	d := Difference{Operation: op.Name, Path: want.Path, item: item{Theirs: want, Ours: have, Node: op.Node}}
	if have == nil {
		outer := known[want.outer]
		if want.Owner == nil || outer != nil && outer.hasFields() { // else all of the outer part is new, or of another type
			d.Kind, d.Upstream = newKind(want), want.Type
			d.item = inside(d.item, outer)
			c.add(d)
		}
		return
	}
	d.Node = have.Node
	c.flags(d, want, have)
	if !c.knows.Body && want.In == "request" {
		return
	}
	if !sameType(want.Type, have.Type) {
		d.Kind, d.Upstream, d.Spec = TypeChanged, want.Type, have.Type
		c.add(d)
		return
	}
	if c.knows.Enum && want.Object().Type == "string" { // an enum of ours holds texts; descriptions list numbers
		c.enums(d, want, have)
	}
}

// flags compares what is required and deprecated. A mark of the spec that upstream has
// in one of several operations which share the schema is right.
func (c *comparison) flags(d Difference, want, have *Part) {
	shared := c.backed[propertyOf(have)]
	if shared == nil {
		shared = &backing{}
	}
	isBody := want.Parameter == nil && want.Owner == nil // most sources do not tell whether it may be left out
	if c.knows.Required && want.In != "response" && !isBody && (want.Required && !have.Required || have.Required && !want.Required && !shared.required) {
		d.Kind, d.Upstream, d.Spec = RequiredChanged, required(want.Required), required(have.Required)
		c.add(d)
	}
	if c.knows.Deprecated && (want.Deprecated && !have.Deprecated || have.Deprecated && !want.Deprecated && !shared.deprecated) {
		d.Kind, d.Upstream, d.Spec = DeprecatedChange, deprecated(want.Deprecated), deprecated(have.Deprecated)
		c.add(d)
	}
}

// enums compares the known values. A spec gathers them from several sources, so that a
// value is removed only where the source had it before.
func (c *comparison) enums(d Difference, want, have *Part) {
	values := func(list []string, but ...[]string) string {
		return strings.Join(slices.DeleteFunc(slices.Clone(list), func(v string) bool {
			return slices.ContainsFunc(but, func(b []string) bool { return slices.Contains(b, v) })
		}), ", ")
	}
	if added := values(want.Enum, have.Enum); added != "" {
		d.Kind, d.Upstream = EnumNew, added
		c.add(d)
	}
	had := c.before[have.Operation.Name+" "+have.key]
	if had == nil || len(want.Enum) == 0 {
		return
	}
	gone := slices.DeleteFunc(slices.Clone(had.Enum), func(v string) bool { return !slices.Contains(have.Enum, v) })
	if removed := values(gone, want.Enum); removed != "" {
		d.Kind, d.Upstream, d.Spec = EnumRemoved, "", removed
		c.add(d)
	}
}

// removed finds the parts of the spec that no operation upstream has any more.
func (c *comparison) removed(ours []Part, theirs map[string]*Part) {
	for i := range ours {
		p := &ours[i]
		if theirs[p.key] != nil || p.kept || c.backed[propertyOf(p)] != nil {
			continue
		}
		outer := theirs[p.outer]
		if p.Owner != nil && (outer == nil || !outer.hasFields()) {
			continue // all of the outer part is removed, or of another type, or upstream tells nothing of it
		}
		if !c.knows.Body && (p.In == "response" || p.Owner != nil) {
			continue
		}
		c.add(Difference{Kind: removedKind(p), Operation: p.Operation.Name, Path: p.Path, Spec: p.Type, item: item{Ours: p, Node: p.Node}})
	}
}

// inside leads to the object that lacks a field, where the spec has it.
func inside(at item, outer *Part) item {
	if outer != nil {
		at.Ours = outer
		if s := outer.Object(); s.Node != nil {
			at.Node = s.Node
		}
	}
	return at
}

func removedKind(p *Part) Kind {
	if p.Parameter != nil {
		return ParameterRemoved
	}
	return FieldRemoved
}

func newKind(p *Part) Kind {
	if p.Parameter != nil {
		return ParameterNew
	}
	return FieldNew
}

// sameType reports whether two types agree as far as both are known.
func sameType(x, y string) bool {
	if x == y {
		return true
	}
	for _, prefix := range []string{"list of ", "map of ", "JSON of "} {
		a, inX := strings.CutPrefix(x, prefix)
		b, inY := strings.CutPrefix(y, prefix)
		if inX && inY {
			return sameType(a, b)
		}
	}
	plain, _, _ := strings.Cut(y, " ")
	return x == anything || x == "map of "+anything && y == "object" || x == plain // it names no format
}

func required(yes bool) string {
	if yes {
		return "required"
	}
	return "optional"
}

func deprecated(yes bool) string {
	if yes {
		return "deprecated"
	}
	return "not deprecated"
}

func route(o *upstream.Operation) string { return o.Method + " " + o.Path }
