package wire

import (
	"maps"
	"slices"
	"strings"

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
	aliases map[[2]*object]string
	via     *alias
	found   []difference
}

// alias is the name for what is inside of two objects that are called differently: that of
// the place from which both sides refer to them.
type alias struct {
	base, head *object
	name       string
	operations []string
}

// of names an object below one of the two.
func (a *alias) of(o, root *object) string {
	if a == nil {
		return subject(o)
	}
	return a.name + strings.TrimPrefix(subject(o), subject(root))
}

// add notes a difference.
func (c *comparison) add(d difference) {
	d.subject, d.operations = subject(d.object()), c.concerned(d.base, d.head)
	if c.via != nil {
		root := c.via.head
		if d.head == nil {
			root = c.via.base
		}
		d.subject, d.operations = c.via.of(d.object(), root), c.via.operations
	}
	c.found = append(c.found, d)
}

// difference is one thing that differs. Without a key, a whole object is only on one
// side. Else both sides have the object, and from or to is nil where the key is missing.
type difference struct {
	base, head *object
	subject    string
	operations []string
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
	operationsOfBase, operationsOfHead := c.operations()
	c.keys(b, h)
	for _, field := range []string{"info", "tags", "servers"} {
		c.fields(b, h, field)
	}
	c.serverOrder()
	for _, section := range []oas.Kind{
		oas.Schema, oas.Parameter, oas.Response, oas.RequestBody, oas.Header, oas.Example, oas.SecurityScheme,
	} {
		c.match(entriesOf(b, section), entriesOf(h, section))
	}
	c.keys(b.Child("components"), h.Child("components"))
	c.match(operationsOfBase, operationsOfHead)
	c.paths()
}

// entriesOf returns the components of a section by name.
func entriesOf(doc *object, kind oas.Kind) map[string]*object {
	out := map[string]*object{}
	if components := doc.Child("components"); components != nil {
		for n := range components.In(kind.Section()) {
			out[n.Name] = n
		}
	}
	return out
}

// operations finds out which operations belong together: those of the same method and
// form of path, or else of the same name.
func (c *comparison) operations() (base, head map[string]*object) {
	base, head = maps.Clone(c.base.routes), maps.Clone(c.head.routes)
	for _, route := range slices.Sorted(maps.Keys(base)) {
		if head[route] != nil {
			continue
		}
		id := base[route].Text("operationId")
		for _, other := range slices.Sorted(maps.Keys(head)) {
			if base[other] == nil && id != "" && head[other].Text("operationId") == id {
				head[route] = head[other]
				delete(head, other)
				break
			}
		}
	}
	for route, op := range base {
		if head[route] != nil {
			c.names[subject(op)] = subject(head[route])
		}
	}
	return base, head
}

// paths compares what paths hold beside their operations.
func (c *comparison) paths() {
	items := func(doc *object) map[string]*object {
		out := map[string]*object{}
		for n := range doc.Of(oas.PathItem) {
			out[oas.PathForm(n.Name)] = n
		}
		return out
	}
	base, head := items(c.base.tree), items(c.head.tree)
	for _, form := range slices.Sorted(maps.Keys(base)) {
		if head[form] != nil {
			c.keys(base[form], head[form])
			c.fields(base[form], head[form], "servers")
		}
	}
	c.keys(c.base.tree.Child("paths"), c.head.tree.Child("paths"))
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
			c.add(difference{base: base[id]})
		} else {
			c.pair(base[id], head[id])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(head)) {
		if base[id] == nil {
			c.add(difference{head: head[id]})
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
	if c.via != nil {
		c.aliases[[2]*object{b, h}] = c.via.of(h, c.via.head)
	}
	c.keys(b, h)
	if b.Kind == oas.Operation {
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
	if b.IsRef() && h.IsRef() {
		c.keys(b, h) // what stands beside the references
	}
	outer := c.via
	defer func() { c.via = outer }()
	rb, rh := c.base.resolve(b), c.head.resolve(h)
	if b.Ref() == h.Ref() {
		c.via = nil
	} else {
		c.add(difference{base: b, head: h, key: "$ref", from: b.RefNode(), to: h.RefNode()})
		if rb != nil && rh != nil {
			c.via = &alias{rb, rh, outer.of(h, outer.root()), c.concerned(b, h)}
		}
	}
	if rb != nil && rh != nil {
		c.pair(rb, rh)
	}
}

// root returns the object of the head that has the name.
func (a *alias) root() *object {
	if a == nil {
		return nil
	}
	return a.head
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
		c.add(difference{base: b, head: h, key: key, from: from, to: to})
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
		c.add(difference{base: b, head: h, key: "servers", from: b.Get("servers"), to: h.Get("servers")})
	}
}
