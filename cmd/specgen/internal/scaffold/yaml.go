package scaffold

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// entry is a key of a mapping with its value.
type entry struct {
	key   string
	value *yaml.Node
}

func mapping(entries ...entry) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, e := range entries {
		put(n, e.key, e.value)
	}
	return n
}

func put(n *yaml.Node, key string, value *yaml.Node) { n.Content = append(n.Content, text(key), value) }

func has(n *yaml.Node, key string) bool {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

func sequence(values ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: values}
}

func flow(n *yaml.Node) *yaml.Node {
	n.Style = yaml.FlowStyle
	return n
}

func scalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

func text(s string) *yaml.Node { return scalar("!!str", s) }

func yes() *yaml.Node { return scalar("!!bool", "true") }

func todo(s string) *yaml.Node { return text(Mark + s) }

func reference(path string) *yaml.Node { return flow(mapping(entry{"$ref", text(path)})) }

// describe adds the description that a person has to write, and the marks of what is
// deprecated.
func describe(n *yaml.Node, what string, deprecated bool) {
	if !deprecated {
		put(n, "description", todo(what))
		return
	}
	put(n, "description", text(Mark+what+"\n\nDeprecated: "+Mark+"what to use instead.\n"))
	put(n, "deprecated", yes())
	put(n, "x-ack-status", text("deprecated"))
}

// plain copies a value without the layout and the positions of its source. Quotation
// marks stay.
func plain(n *yaml.Node) *yaml.Node {
	out := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Value: n.Value, Style: n.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle)}
	for _, c := range n.Content {
		out.Content = append(out.Content, plain(c))
	}
	if n.Kind == yaml.SequenceNode {
		out.Style = yaml.FlowStyle
	}
	return out
}

// title writes a name of the wire as a part of a Go name.
func title(s string) string {
	var b strings.Builder
	up := true
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
