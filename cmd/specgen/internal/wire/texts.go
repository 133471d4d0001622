package wire

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load/oas"
)

// textKinds are the kinds of changes that only people read, by key.
var textKinds = map[string]string{
	"description": "texts-changed", "summary": "texts-changed", "title": "texts-changed", "externalDocs": "texts-changed",
	"termsOfService": "texts-changed", "contact": "texts-changed", "license": "texts-changed",
	"example": "examples-changed", "examples": "examples-changed",
	"x-ack-source": "sources-changed",
}

// textKind returns the kind of a difference that only people read, or "".
func textKind(d difference) string {
	if d.object().Kind == oas.Example {
		return "examples-changed"
	}
	return textKinds[d.key]
}

// texts reports the texts, examples and sources that differ: one change for each kind
// and each operation, component, server or tag, which names the parts in which they are.
func (c *comparison) texts() []change.Change {
	type group struct {
		first difference
		parts []string
	}
	groups := map[[2]string]*group{}
	for _, d := range c.found {
		kind := textKind(d)
		if kind == "" {
			continue
		}
		owner := cmp.Or(d.object().Owner(), d.object())
		key := [2]string{kind, subject(owner)}
		if groups[key] == nil {
			groups[key] = &group{first: d}
		}
		groups[key].parts = append(groups[key].parts, part(subject(owner), d))
	}
	var out []change.Change
	for key, g := range groups {
		slices.Sort(g.parts)
		ch := c.change(key[0], key[1], g.first)
		ch.Level = change.Text
		ch.Message = textNames[key[0]] + " of " + key[1] + " differ: " + strings.Join(slices.Compact(g.parts), ", ") + "."
		out = append(out, ch)
	}
	return out
}

var textNames = map[string]string{"texts-changed": "Texts", "examples-changed": "Examples", "sources-changed": "Sources"}

// part names what has the text inside of its owner.
func part(owner string, d difference) string {
	name := strings.TrimLeft(strings.TrimPrefix(subject(d.object()), owner), " .")
	if name == "" {
		return cmp.Or(d.key, string(d.object().Kind))
	}
	return name
}

// change makes a change of a difference, without a message.
func (c *comparison) change(kind, subject string, d difference) change.Change {
	out := change.Change{Kind: kind, Area: change.Wire, Subject: subject}
	if d.base != nil {
		for _, op := range c.base.concerned(d.base) {
			out.Operations = append(out.Operations, c.nameInHead(op))
		}
		out.Base = c.base.pos(place{object: d.base, key: d.key}.node())
	}
	if d.head != nil {
		out.Operations = append(out.Operations, c.head.concerned(d.head)...)
		out.Head = c.head.pos(place{object: d.head, key: d.key}.node())
	}
	slices.Sort(out.Operations)
	out.Operations = slices.Compact(out.Operations)
	return out
}

// nameInHead returns what the head calls an operation of the base.
func (c *comparison) nameInHead(op string) string {
	if name, ok := c.names[op]; ok {
		return name
	}
	return op
}

// concerned lists the operations that a change of an object reaches. There are none for
// what concerns all.
func (s *side) concerned(n *object) []string {
	for c := n; c != nil; c = c.Parent {
		if c.Kind == oas.PathItem {
			return everyOperation(c)
		}
		if names, ok := s.reached[c]; ok {
			return names
		}
	}
	return nil
}
