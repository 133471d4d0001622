package shim

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Keep returns head as it is when the advice is followed: with what base has and head
// has no longer, and with the types of base where programs of base still read and send
// the values of head. It is for comparing, and not for reading: nothing in it says
// since when upstream lacks a thing, or what to use instead.
func Keep(base, head *document.Document) (*document.Document, error) {
	var trees [2]*yaml.Node
	for i, d := range []*document.Document{base, head} {
		var list diag.List
		files := yamlsrc.Files{}
		trees[i] = files.Parse(d.Name, d.Data, &list)
		if err := list.Err(); err != nil {
			return nil, err
		}
		if ref := foreignRef(trees[i]); ref != nil {
			return nil, fmt.Errorf("%s refers to another file, %s: assemble it first", files.Pos(ref), ref.Value)
		}
	}
	k := &keeper{base: trees[0], head: trees[1], sent: map[string]bool{}, received: map[string]bool{}}
	for _, root := range trees {
		k.reach(root)
	}
	k.document()
	k.operations()
	k.components()
	data, err := yamlsrc.Encode(k.head, "", func(_, _ *yaml.Node) {})
	if err != nil {
		return nil, fmt.Errorf("write %s with what %s has: %w", head.Name, base.Name, err)
	}
	return &document.Document{Name: head.Name, Dir: head.Dir, Data: data, Whole: true}, nil
}

// keeper adds to head, in place, what base has.
type keeper struct {
	base, head *yaml.Node
	// sent and received hold the names of the schemas that requests and successful
	// responses reach, on either side.
	sent, received map[string]bool
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// operation is one operation with its place.
type operation struct {
	id, path, method string
	item, node       *yaml.Node
}

func operationsOf(root *yaml.Node) []operation {
	var out []operation
	for path, item := range yamlsrc.Pairs(yamlsrc.Value(root, "paths")) {
		for method, node := range yamlsrc.Pairs(item) {
			if !slices.Contains(methods, method.Value) {
				continue
			}
			id := yamlsrc.Text(node, "operationId")
			if id == "" {
				id = method.Value + " " + path.Value
			}
			out = append(out, operation{id, path.Value, method.Value, item, node})
		}
	}
	return out
}

func (k *keeper) operations() {
	heads := operationsOf(k.head)
	bases := operationsOf(k.base)
	for _, b := range bases {
		same := slices.IndexFunc(heads, func(h operation) bool { return h.id == b.id })
		if same >= 0 {
			k.operation(b, heads[same])
			continue
		}
		at := slices.IndexFunc(heads, func(h operation) bool { return h.path == b.path && h.method == b.method })
		if at < 0 {
			k.addOperation(b)
			continue
		}
		if slices.IndexFunc(bases, func(other operation) bool { return other.id == heads[at].id }) < 0 { // it was renamed
			setText(heads[at].node, "x-ack-go-name", b.id)
			k.operation(b, heads[at])
		}
	}
}

// addOperation puts an operation back to where it was.
func (k *keeper) addOperation(b operation) {
	op := deprecate(clone(b.node))
	for _, p := range yamlsrc.Items(yamlsrc.Value(b.item, "parameters")) {
		if k.find(k.base, yamlsrc.Value(op, "parameters"), p) == nil {
			push(child(op, "parameters", yaml.SequenceNode), clone(p))
		}
	}
	set(child(child(k.head, "paths", yaml.MappingNode), b.path, yaml.MappingNode), b.method, op)
}

// document keeps the groups and the error codes.
func (k *keeper) document() {
	tags := child(k.head, "tags", yaml.SequenceNode)
	for _, tag := range yamlsrc.Items(yamlsrc.Value(k.base, "tags")) {
		if !slices.ContainsFunc(tags.Content, func(n *yaml.Node) bool { return yamlsrc.Text(n, "name") == yamlsrc.Text(tag, "name") }) {
			push(tags, clone(tag))
		}
	}
	keepEntries(k.base, k.head, "x-ack-error-codes")
}

// operation keeps what methods and interfaces are made of.
func (k *keeper) operation(b, h operation) {
	keepValues(b.node, h.node, "tags", "x-ack-pagination", "x-ack-task")
	keepEntries(b.node, h.node, "x-ack-waiter")
	for _, list := range []*yaml.Node{yamlsrc.Value(b.item, "parameters"), yamlsrc.Value(b.node, "parameters")} {
		for _, p := range yamlsrc.Items(list) {
			k.parameter(p, h)
		}
	}
	k.content(resolve(k.base, yamlsrc.Value(b.node, "requestBody")), resolve(k.head, yamlsrc.Value(h.node, "requestBody")), use{sent: true})
	for status, r := range yamlsrc.Pairs(yamlsrc.Value(b.node, "responses")) {
		k.content(resolve(k.base, r), resolve(k.head, yamlsrc.Value(yamlsrc.Value(h.node, "responses"), status.Value)), use{received: true})
	}
}

// parameter keeps one parameter of an operation.
func (k *keeper) parameter(p *yaml.Node, h operation) {
	b := resolve(k.base, p)
	there := k.find(k.head, yamlsrc.Value(h.node, "parameters"), b)
	if there == nil {
		there = k.find(k.head, yamlsrc.Value(h.item, "parameters"), b)
	}
	switch {
	case there != nil:
		if yamlsrc.Text(b, "required") != "true" {
			remove(there, "required")
		}
		k.schema(yamlsrc.Value(b, "schema"), yamlsrc.Value(there, "schema"), use{sent: true})
	case yamlsrc.Text(b, "in") != "path": // a placeholder belongs to its path
		push(child(h.node, "parameters", yaml.SequenceNode), deprecate(clone(b)))
	}
}

// find returns the parameter of a list that has the place and name of another one.
func (k *keeper) find(root, params, like *yaml.Node) *yaml.Node {
	like = resolve(k.base, like)
	for _, p := range yamlsrc.Items(params) {
		r := resolve(root, p)
		if yamlsrc.Text(r, "in") == yamlsrc.Text(like, "in") && yamlsrc.Text(r, "name") == yamlsrc.Text(like, "name") {
			return r
		}
	}
	return nil
}

// content keeps what a body holds in each media type.
func (k *keeper) content(b, h *yaml.Node, u use) {
	for media, value := range yamlsrc.Pairs(yamlsrc.Value(b, "content")) {
		k.schema(yamlsrc.Value(value, "schema"), yamlsrc.Value(yamlsrc.Value(yamlsrc.Value(h, "content"), media.Value), "schema"), u)
	}
}

// components puts components back, and keeps what schemas held.
func (k *keeper) components() {
	for section, things := range yamlsrc.Pairs(yamlsrc.Value(k.base, "components")) {
		in := child(child(k.head, "components", yaml.MappingNode), section.Value, yaml.MappingNode)
		for name, b := range yamlsrc.Pairs(things) {
			h := yamlsrc.Value(in, name.Value)
			switch {
			case h == nil:
				set(in, name.Value, clone(b))
			case section.Value == "schemas":
				k.schema(b, h, use{sent: k.sent[name.Value], received: k.received[name.Value]})
			}
		}
	}
}

// reach notes which schemas the requests and the responses of a document need.
func (k *keeper) reach(root *yaml.Node) {
	for _, op := range operationsOf(root) {
		for _, n := range []*yaml.Node{yamlsrc.Value(op.item, "parameters"), yamlsrc.Value(op.node, "parameters"), yamlsrc.Value(op.node, "requestBody")} {
			reach(root, n, k.sent)
		}
		for status, r := range yamlsrc.Pairs(yamlsrc.Value(op.node, "responses")) {
			if strings.HasPrefix(status.Value, "2") {
				reach(root, r, k.received)
			}
		}
	}
}

func reach(root, n *yaml.Node, seen map[string]bool) {
	if n == nil {
		return
	}
	if ref := yamlsrc.Text(n, "$ref"); ref != "" {
		name := ref[strings.LastIndex(ref, "/")+1:]
		if strings.HasPrefix(ref, schemas) {
			if seen[name] {
				return
			}
			seen[name] = true
		}
		reach(root, resolve(root, n), seen)
		return
	}
	for _, c := range n.Content {
		reach(root, c, seen)
	}
}
