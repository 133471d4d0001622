package wire

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/oasdiff/oasdiff/flatten/commonparams"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// object is a node of the document.
type object = oas.Node

// side is one of the two documents.
type side struct {
	doc    *document.Document
	loaded *load.Document
	tree   *object
	// targets holds the objects that references lead to, by JSON pointer.
	targets map[string]*object
	// places tells where in the tree a YAML node is.
	places map[*yaml.Node]place
	// routes holds the operations by method and form of path.
	routes map[string]*object
	// reached lists the operations that reach a component, sorted.
	reached map[*object][]string
}

// place is where in the tree a YAML node is: an object, the key below which the node
// is, and the value of the node if it is an item of a list.
type place struct {
	object *object
	key    string
	item   string
}

// open loads and checks a document.
func open(ctx context.Context, d *document.Document) (*side, []diag.Finding) {
	if d.Tree == nil || !d.Whole {
		return nil, d.Findings
	}
	var list diag.List
	loaded := load.Load(ctx, d.Name, d.Data, d.Folder, &list)
	if loaded == nil {
		return nil, d.AtSource(list.Sorted())
	}
	commonparams.Move(loaded.T) // to the operations, since oasdiff looks at theirs only
	s := &side{
		doc: d, loaded: loaded, tree: loaded.Tree(), routes: routes(loaded.Tree()),
		targets: map[string]*object{}, places: map[*yaml.Node]place{}, reached: map[*object][]string{},
	}
	for n := range s.tree.All() {
		s.targets["#"+n.Pointer()] = n
		s.index(n)
	}
	for op := range s.tree.Of(oas.Operation) {
		s.reach(op)
	}
	for n, names := range s.reached {
		slices.Sort(names)
		s.reached[n] = slices.Compact(names)
	}
	return s, nil
}

// index registers the nodes of an object. Objects below it come later and take their
// own nodes over.
func (s *side) index(n *object) {
	for key, value := range yamlsrc.Pairs(n.Value) {
		s.places[key] = place{object: n, key: key.Value}
		for _, item := range yamlsrc.Items(value) {
			s.places[item] = place{object: n, key: key.Value, item: item.Value}
		}
	}
	s.places[n.Start()] = place{object: n}
}

// at returns the place of a line and column, as kin-openapi knows them.
func (s *side) at(line, col int) (place, bool) {
	p, ok := s.places[s.loaded.NodeAt(line, col)]
	return p, ok
}

// owns reports whether an object is one of this side.
func (s *side) owns(n *object) bool {
	for n.Parent != nil {
		n = n.Parent
	}
	return n == s.tree
}

// pos returns the position of a node in the files that people edit.
func (s *side) pos(n *yaml.Node) diag.Pos {
	if n == nil {
		return diag.Pos{}
	}
	return s.doc.AtSource([]diag.Finding{{Pos: s.loaded.Pos(n)}})[0].Pos
}

// resolve follows references until they lead to an object.
func (s *side) resolve(n *object) *object {
	for steps := 0; n != nil && n.IsRef() && steps < 100; steps++ { // a circle of references leads nowhere
		n = s.targets[n.Ref()]
	}
	return n
}

// reach notes the operation at every component that it needs.
func (s *side) reach(op *object) {
	name, seen := subject(op), map[*object]bool{}
	queue := []*object{op}
	if op.Parent != nil {
		queue = append(queue, slices.Collect(op.Parent.In("parameters"))...)
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		s.reached[n] = append(s.reached[n], name)
		for below := range n.All() {
			if target := s.targets[below.Ref()]; below.IsRef() && target != nil {
				queue = append(queue, target)
			}
		}
	}
}

// everyOperation lists the operations of a path.
func everyOperation(n *object) []string {
	names := map[string]bool{}
	for op := range n.Of(oas.Operation) {
		names[subject(op)] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// parameters returns the parameters of an operation by what identifies them: those of
// its own, and those of its path that it does not replace.
func (s *side) parameters(op *object) map[string]*object {
	out := map[string]*object{}
	holes := oas.Placeholders(op.Parent.Name)
	for _, holder := range []*object{op.Parent, op} {
		for p := range holder.In("parameters") {
			r := s.resolve(p)
			if r == nil {
				continue
			}
			key := r.Text("in") + " " + r.Text("name")
			if i := slices.Index(holes, r.Text("name")); i >= 0 && r.Text("in") == "path" {
				key = "path " + strings.Repeat("{}", i+1) // the name is not sent
			}
			out[key] = p
		}
	}
	return out
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

// concerned lists the operations that a change of an object reaches on both sides, by
// the names of the head.
func (c *comparison) concerned(base, head *object) []string {
	out := slices.Clone(c.head.concerned(head))
	for _, op := range c.base.concerned(base) {
		out = append(out, c.nameInHead(op))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// nameInHead returns what the head calls an operation of the base.
func (c *comparison) nameInHead(op string) string {
	if name, ok := c.names[op]; ok {
		return name
	}
	return op
}
