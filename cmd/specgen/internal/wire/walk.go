package wire

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// comparison holds the state of one comparison.
type comparison struct {
	base, head *side

	pairs   map[[2]*object]bool // what was walked
	partner map[*object]*object // the object of the other side that has the same identity
	names   map[string]string   // what the head calls the operations of the base
	found   []difference
}

// difference is one thing that differs. Without a key, a whole object is only on one
// side. Else both sides have the object, and from or to is nil where the key is missing.
type difference struct {
	base, head *object
	key        string
	from, to   *yaml.Node
}

// object returns the object of the head, or that of the base when it is only there.
func (d difference) object() *object {
	if d.head != nil {
		return d.head
	}
	return d.base
}

// walk finds all that differs. Objects belong together by what identifies them, not by
// where they stand.
func (c *comparison) walk() {
	b, h := c.base.tree, c.head.tree
	c.keys(b, h)
	for _, field := range []string{"info", "tags", "servers"} {
		c.fields(b, h, field)
	}
	c.serverOrder()
	for _, section := range []oas.Kind{
		oas.Schema, oas.Parameter, oas.Response, oas.RequestBody, oas.Header, oas.Example, oas.SecurityScheme,
	} {
		c.match(component(b, section), component(h, section))
	}
	c.operations()
	c.keys(b.Child("components"), h.Child("components"))
	c.keys(b.Child("paths"), h.Child("paths"))
}

// component returns the entries of a section by name.
func component(doc *object, kind oas.Kind) map[string]*object {
	out := map[string]*object{}
	if components := doc.Child("components"); components != nil {
		for n := range components.In(kind.Section()) {
			out[n.Name] = n
		}
	}
	return out
}

// operations compares the operations. An operation belongs to that of the same method
// and form of path, or else to the one of the same name.
func (c *comparison) operations() {
	b, h := routes(c.base.tree), routes(c.head.tree)
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if h[name] != nil {
			continue
		}
		id := b[name].Text("operationId")
		for _, other := range slices.Sorted(maps.Keys(h)) {
			if b[other] == nil && id != "" && h[other].Text("operationId") == id {
				h[name] = h[other]
				delete(h, other)
				break
			}
		}
	}
	c.match(b, h)
	items := func(doc *object) map[string]*object {
		out := map[string]*object{}
		for n := range doc.Of(oas.PathItem) {
			out[oas.PathForm(n.Name)] = n
		}
		return out
	}
	hi := items(c.head.tree)
	for form, n := range items(c.base.tree) {
		c.keys(n, hi[form])
		if hi[form] != nil {
			c.fields(n, hi[form], "servers")
		}
	}
}

// routes returns the operations by method and form of path.
func routes(doc *object) map[string]*object {
	out := map[string]*object{}
	for op := range doc.Of(oas.Operation) {
		out[op.Name+" "+oas.PathForm(op.Parent.Name)] = op
	}
	return out
}

// match compares the objects of two sets that have the same identity.
func (c *comparison) match(base, head map[string]*object) {
	for _, id := range slices.Sorted(maps.Keys(base)) {
		if head[id] == nil {
			c.found = append(c.found, difference{base: base[id]})
		} else {
			c.pair(base[id], head[id])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(head)) {
		if base[id] == nil {
			c.found = append(c.found, difference{head: head[id]})
		}
	}
}

// pair compares two objects that belong together, and what they refer to.
func (c *comparison) pair(b, h *object) {
	if c.pairs[[2]*object{b, h}] {
		return
	}
	c.pairs[[2]*object{b, h}] = true
	if b.IsRef() || h.IsRef() {
		c.reference(b, h)
		return
	}
	if c.partner[b] == nil && c.partner[h] == nil { // else one stands for several of the other side
		c.partner[b], c.partner[h] = h, b
	}
	c.keys(b, h)
	if b.Kind == oas.Operation {
		c.names[subject(b)] = subject(h)
		c.match(c.base.parameters(b), c.head.parameters(h))
	}
	for _, field := range fieldNames(b, h) {
		if field != "parameters" {
			c.fields(b, h, field)
		}
	}
}

// reference compares two objects of which one at least is a reference.
func (c *comparison) reference(b, h *object) {
	if b.Ref() != h.Ref() {
		d := difference{base: b, head: h, key: "$ref", from: b.RefNode(), to: h.RefNode()}
		c.found = append(c.found, d)
	}
	if b.IsRef() && h.IsRef() {
		c.keys(b, h) // what stands beside the references
	}
	if rb, rh := c.base.resolve(b), c.head.resolve(h); rb != nil && rh != nil {
		c.pair(rb, rh)
	}
}

// fieldNames lists the fields that hold objects on one side at least, sorted.
func fieldNames(nodes ...*object) []string {
	names := map[string]bool{}
	for _, n := range nodes {
		for _, child := range n.Children {
			names[child.Field] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// fields compares the objects that a field holds.
func (c *comparison) fields(b, h *object, field string) {
	c.match(identified(b, field), identified(h, field))
}

// identified returns the objects of a field by what identifies them.
func identified(n *object, field string) map[string]*object {
	out := map[string]*object{}
	for child := range n.In(field) {
		id := child.Name
		switch child.Kind {
		case oas.Server:
			id = child.Text("url")
		case oas.Tag:
			id = child.Text("name")
		default:
			if child.Key == nil && child.IsRef() { // a member of allOf
				id = child.Ref()
			}
		}
		for out[id] != nil {
			id += "'"
		}
		out[id] = child
	}
	return out
}

// keys compares the keys of two objects that hold no objects.
func (c *comparison) keys(b, h *object) {
	if b == nil || h == nil {
		return
	}
	names := map[string]bool{}
	for _, n := range []*object{b, h} {
		for key := range yamlsrc.Pairs(n.Value) {
			names[key.Value] = key.Value != "$ref" || n.RefNode() == nil
		}
	}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		from, to := b.Get(key), h.Get(key)
		if !names[key] || holdsObjects(b, key) || holdsObjects(h, key) || canonical(key, from) == canonical(key, to) {
			continue
		}
		c.found = append(c.found, difference{base: b, head: h, key: key, from: from, to: to})
	}
}

// holdsObjects reports whether the value of a key is walked as objects.
func holdsObjects(n *object, key string) bool {
	return slices.ContainsFunc(n.Children, func(child *object) bool {
		return child.Field == key || child.Field == "" && child.Name == key // of paths and responses, whose keys are free
	})
}

// serverOrder finds out whether the servers that both sides have stand in another
// order: the first one is that of clients that choose none.
func (c *comparison) serverOrder() {
	b, h := c.base.tree, c.head.tree
	from, to := identified(b, "servers"), identified(h, "servers")
	common := func(n *object, other map[string]*object) (urls []string) {
		for s := range n.In("servers") {
			if other[s.Text("url")] != nil {
				urls = append(urls, s.Text("url"))
			}
		}
		return urls
	}
	if !slices.Equal(common(b, to), common(h, from)) {
		c.found = append(c.found, difference{base: b, head: h, key: "servers", from: b.Get("servers"), to: h.Get("servers")})
	}
}
