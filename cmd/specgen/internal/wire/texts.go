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
		owner := subject(cmp.Or(d.object().Owner(), d.object()))
		if !strings.HasPrefix(d.subject, owner) {
			owner = d.subject // it goes by another name
		}
		key := [2]string{kind, owner}
		if groups[key] == nil {
			groups[key] = &group{first: d}
		}
		groups[key].parts = append(groups[key].parts, part(owner, d))
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
	name := strings.TrimLeft(strings.TrimPrefix(strings.TrimSuffix(d.subject, " application/json"), owner), " .")
	if name == "" {
		return cmp.Or(d.key, string(d.object().Kind))
	}
	return name
}

// change makes a change of a difference, without a message.
func (c *comparison) change(kind, subject string, d difference) change.Change {
	out := change.Change{Kind: kind, Area: change.Wire, Subject: subject, Operations: d.operations}
	if d.base != nil {
		out.Base = c.base.pos(place{object: d.base, key: d.key}.node())
	}
	if d.head != nil {
		out.Head = c.head.pos(place{object: d.head, key: d.key}.node())
	}
	return out
}
