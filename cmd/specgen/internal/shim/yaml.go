package shim

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const (
	local   = "#/"
	schemas = "#/components/schemas/"
)

func isRef(n *yaml.Node) bool { return yamlsrc.Text(n, "$ref") != "" }

// foreignRef returns a reference that leads out of the document, or nil.
func foreignRef(n *yaml.Node) *yaml.Node {
	if ref := yamlsrc.Value(n, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && !strings.HasPrefix(ref.Value, local) {
		return ref
	}
	if n == nil {
		return nil
	}
	for _, c := range n.Content {
		if ref := foreignRef(c); ref != nil {
			return ref
		}
	}
	return nil
}

// resolve follows references in a document. What leads nowhere is nil.
func resolve(root, n *yaml.Node) *yaml.Node {
	const maxSteps = 100 // a circle leads nowhere
	for range maxSteps {
		if n == nil || !isRef(n) {
			return n
		}
		target := root
		for token := range strings.SplitSeq(strings.TrimPrefix(yamlsrc.Text(n, "$ref"), local), "/") {
			if target != nil {
				target = yamlsrc.Child(target, strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
			}
		}
		n = target
	}
	return nil
}

// clone copies a node and all below it.
func clone(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		out.Content[i] = clone(c)
	}
	return &out
}

// deprecate marks a thing that upstream has no longer.
func deprecate(n *yaml.Node) *yaml.Node {
	set(n, "deprecated", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
	setText(n, "x-ack-status", "legacy")
	return n
}

// child returns the collection below a key, which it makes if it is not there.
func child(n *yaml.Node, key string, kind yaml.Kind) *yaml.Node {
	if v := yamlsrc.Value(n, key); v != nil {
		return v
	}
	v := &yaml.Node{Kind: kind}
	set(n, key, v)
	return v
}

func setText(n *yaml.Node, key, value string) {
	set(n, key, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value})
}

func set(n *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = value
			return
		}
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, value)
}

func remove(n *yaml.Node, key string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = append(n.Content[:i], n.Content[i+2:]...)
			return
		}
	}
}

func push(n, item *yaml.Node) { n.Content = append(n.Content, item) }

// keepValues copies the values of keys that base has.
func keepValues(base, head *yaml.Node, keys ...string) {
	for _, key := range keys {
		if value := yamlsrc.Value(base, key); value != nil {
			set(head, key, clone(value))
		}
	}
}

// keepEntries adds to the mapping below a key the entries that only base has.
func keepEntries(base, head *yaml.Node, key string) {
	for name, value := range yamlsrc.Pairs(yamlsrc.Value(base, key)) {
		if in := child(head, key, yaml.MappingNode); yamlsrc.Value(in, name.Value) == nil {
			set(in, name.Value, clone(value))
		}
	}
}
