// Package refs puts all that a document refers to into the document. A reference may
// lead to a component, to any other place of the document, and to files in its
// folder. Afterwards each one leads to a component, which is what the rest of the
// generator reads, and every node still knows the file that it came from.
//
// It may import generator/diag, oas, spell, yamlsrc, go.yaml.in/yaml/v3 and the
// standard library. It reads files only through the folder that it is given.
package refs

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Codes of the findings of this package.
const (
	// CodeTarget marks a reference that leads to nothing, or to something else than
	// what is expected.
	CodeTarget = "ACK051"
	// CodeFile marks a reference to something that is not read.
	CodeFile = "GEN005"
)

// target is what references of one kind lead to.
type target struct {
	place

	kind  oas.Kind
	refs  []*yaml.Node // the texts of the references
	alias *oas.Node    // the first component that is nothing but a reference to it
	name  string       // of the component that it becomes
}

type targetKey struct {
	node *yaml.Node
	kind oas.Kind
}

type resolver struct {
	folder  fs.FS
	dir     string // how findings call the folder
	files   yamlsrc.Files
	diags   *diag.List
	main    *source
	sources map[string]*source
	targets map[targetKey]*target
	inOrder []*target                 // of discovery, which is that of the document
	items   map[*yaml.Node]*yaml.Node // what path items refer to
	changed bool
}

// Resolve changes the tree of a document that findings call file so that every
// reference leads to a component. It reads files in folder, in which the document lies;
// without one a reference to a file is a finding. It reports whether anything changed.
// With findings some references still lead elsewhere.
func Resolve(root *yaml.Node, file string, folder fs.FS, files yamlsrc.Files, diags *diag.List) (changed bool) {
	main := newSource(path.Base(file), root)
	r := &resolver{
		folder: folder, dir: path.Dir(file), files: files, diags: diags, main: main, sources: map[string]*source{main.path: main},
		targets: map[targetKey]*target{}, items: map[*yaml.Node]*yaml.Node{},
	}
	r.scan(main, oas.New(oas.Document, "", root))
	for i := 0; i < len(r.inOrder); i++ { // each may lead to more
		if t := r.inOrder[i]; t.source != main {
			r.scan(t.source, oas.New(t.kind, t.words()[0], t.node))
		}
	}
	r.mergeItems()
	r.nameAll()
	r.move()
	return r.changed
}

// scan follows all references of a tree.
func (r *resolver) scan(from *source, tree *oas.Node) {
	for n := range tree.All() {
		if ref := n.RefNode(); ref != nil {
			r.follow(from, tree, n, ref)
		}
		for _, field := range []string{"callbacks", "links"} {
			if slices.Contains(unread, n.Kind) {
				r.refuse(n, field, n.Get(field))
			}
		}
		for _, to := range yamlsrc.Pairs(yamlsrc.Value(n.Get("discriminator"), "mapping")) {
			if n.Kind == oas.Schema && isPath(to) {
				r.follow(from, tree, n, to)
			}
		}
	}
}

// unread are the kinds of objects with callbacks or links, which nothing is generated
// for.
var unread = []oas.Kind{oas.Operation, oas.Response, oas.Components}

// refuse reports references to files in a part of an object that is not read.
func (r *resolver) refuse(of *oas.Node, field string, part *yaml.Node) {
	if part == nil {
		return
	}
	if ref := yamlsrc.Value(part, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && ref.Value != "" && ref.Value[0] != '#' {
		r.diags.Add(diag.Finding{
			Pos: r.files.Pos(ref), Code: CodeFile, Subject: of.Subject(), Fix: "leave the " + field + " out, or put all of them into the document",
			Message: fmt.Sprintf("reference %q leads to another file, and nothing is generated for %s", ref.Value, field),
		})
	}
	for _, below := range part.Content {
		r.refuse(of, field, below)
	}
}

// follow finds what a reference in an object leads to.
func (r *resolver) follow(from *source, tree, n *oas.Node, ref *yaml.Node) {
	fail := func(code, fix, format string, args ...any) {
		r.diags.Add(diag.Finding{
			Pos: r.files.Pos(ref), Code: code, Subject: cmp.Or(n.Subject(), tree.Name),
			Message: fmt.Sprintf("reference %q ", ref.Value) + fmt.Sprintf(format, args...), Fix: fix,
		})
	}
	section := n.Kind.Section()
	if section == "" && n.Kind != oas.PathItem {
		fail(CodeTarget, "write out what it means", "stands in place of %s, which cannot be a reference", article(string(n.Kind)))
		return
	}
	to := r.find(from, n.Kind, ref.Value, fail)
	switch {
	case to.node == nil:
	case n.Kind == oas.PathItem:
		r.items[n.Value] = to.node
		r.target(to, n.Kind)
	case to.source == r.main && to.isComponent(section):
		r.set(ref, section, to.steps[2])
	default:
		t := r.target(to, n.Kind)
		t.refs = append(t.refs, ref)
		isAlias := from == r.main && n.Parent != nil && n.Parent.Kind == oas.Components && n.IsRef() && len(n.Value.Content) == 2
		if isAlias && t.alias == nil {
			t.alias = n
		}
	}
}

// target registers a place that something refers to.
func (r *resolver) target(to place, kind oas.Kind) *target {
	key := targetKey{to.node, kind}
	t := r.targets[key]
	if t == nil {
		t = &target{place: to, kind: kind}
		r.targets[key] = t
		r.inOrder = append(r.inOrder, t)
	}
	return t
}

// set lets a reference lead to a component.
func (r *resolver) set(ref *yaml.Node, section, name string) {
	text := "#" + oas.PointerTo("components", section, name)
	if ref.Value != text {
		ref.Value, r.changed = text, true
	}
}
