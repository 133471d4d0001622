package shim

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// use tells who sends the values of a schema.
type use struct{ sent, received bool }

// keeps reports whether programs go on with a type although the values are now those of
// another one, and whether that depends on what is inside of both.
func (u use) keeps(from, to word) bool {
	return (!u.sent || correct(request, from, to).keeps) && (!u.received || correct(response, from, to).keeps)
}

// schema keeps in h, in place, what b has.
func (k *keeper) schema(b, h *yaml.Node, u use) {
	if b == nil || h == nil || isRef(b) && yamlsrc.Text(b, "$ref") == yamlsrc.Text(h, "$ref") {
		return // a named schema is kept where it is declared
	}
	rb, rh := resolve(k.base, b), resolve(k.head, h)
	from, to := holds(rb), holds(rh)
	switch {
	case !k.alike(rb, rh):
		if u.keeps(from, to) && k.fitsInside(rb, from, to, u) {
			*h = *clone(b)
		}
	case isRef(h) || isRef(b):
	default:
		k.enum(b, h)
		for _, key := range []string{"x-ack-absent", "x-ack-go-name"} { // head may have one where base has none
			remove(h, key)
		}
		keepValues(b, h, "x-ack-absent", "x-ack-go-name", "nullable")
		k.properties(b, h, u)
		for _, key := range []string{"items", "additionalProperties"} {
			k.schema(yamlsrc.Value(b, key), yamlsrc.Value(h, key), u)
		}
	}
}

// alike reports whether two schemas have the same Go type, apart from what is inside.
func (k *keeper) alike(b, h *yaml.Node) bool {
	return holds(b) == holds(h) && yamlsrc.Text(b, "format") == yamlsrc.Text(h, "format") && isMap(b) == isMap(h)
}

// fitsInside looks at what a list holds, if one value of it takes the place of the list.
func (k *keeper) fitsInside(b *yaml.Node, from, to word, u use) bool {
	if from != list || to == free {
		return true
	}
	items := resolve(k.base, yamlsrc.Value(b, "items"))
	return holds(items) == to || u.keeps(holds(items), to)
}

// enum keeps the values that are known, and whether any are.
func (k *keeper) enum(b, h *yaml.Node) {
	old, now := yamlsrc.Value(b, "enum"), yamlsrc.Value(h, "enum")
	switch {
	case old == nil:
		remove(h, "enum")
	case now == nil:
		set(h, "enum", clone(old))
	default:
		for _, value := range old.Content {
			if !slices.ContainsFunc(now.Content, func(n *yaml.Node) bool { return n.Value == value.Value }) {
				push(now, clone(value))
			}
		}
	}
}

// properties keeps the fields of an object, and which of them may be left out.
func (k *keeper) properties(b, h *yaml.Node, u use) {
	old := yamlsrc.Value(b, "properties")
	for name, property := range yamlsrc.Pairs(old) {
		now := yamlsrc.Value(yamlsrc.Value(h, "properties"), name.Value)
		if now != nil {
			k.schema(property, now, u)
			continue
		}
		property = clone(property)
		if !isRef(property) {
			deprecate(property)
		}
		set(child(h, "properties", yaml.MappingNode), name.Value, property)
	}
	if required := k.required(b, h, old); len(required.Content) > 0 {
		set(h, "required", required)
	} else {
		remove(h, "required")
	}
}

// required returns the fields that must be there: of those that base has the ones that
// it requires, and of new ones those that head does.
func (k *keeper) required(b, h, old *yaml.Node) *yaml.Node {
	out := &yaml.Node{Kind: yaml.SequenceNode}
	for _, name := range yamlsrc.Items(yamlsrc.Value(b, "required")) {
		push(out, clone(name))
	}
	for _, name := range yamlsrc.Items(yamlsrc.Value(h, "required")) {
		if yamlsrc.Value(old, name.Value) == nil && !slices.ContainsFunc(out.Content, func(n *yaml.Node) bool { return n.Value == name.Value }) {
			push(out, clone(name))
		}
	}
	return out
}

// holds tells what a schema holds.
func holds(n *yaml.Node) word {
	typ := yamlsrc.Text(n, "type")
	switch {
	case typ == "" && yamlsrc.Value(n, "properties") != nil:
		return object
	case typ == "":
		return free
	}
	return wordOf(typ + " (" + yamlsrc.Text(n, "format") + ")")
}

// isMap reports whether a schema is an object without fields of its own.
func isMap(n *yaml.Node) bool { return holds(n) == object && yamlsrc.Value(n, "properties") == nil }
