package yamlsrc

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Encode writes a tree as YAML behind a head of comments. It gives every node the
// one style of what we write, and calls each with every node and the node that a
// reader of the text gets for it, parents first.
func Encode(root *yaml.Node, head string, each func(node, written *yaml.Node)) ([]byte, error) {
	normalize(root)
	var buf bytes.Buffer
	buf.WriteString(head)
	enc := yaml.NewEncoder(&buf)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return nil, fmt.Errorf("encode document: %w", err)
	}
	if err := enc.Close(); err != nil {
		return nil, fmt.Errorf("encode document: %w", err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(buf.Bytes(), &doc); err != nil {
		return nil, fmt.Errorf("read document back: %w", err)
	}
	return buf.Bytes(), pair(root, doc.Content[0], each)
}

// pair walks two trees that must be alike side by side.
func pair(node, written *yaml.Node, each func(node, written *yaml.Node)) error {
	if node.Kind != written.Kind || len(node.Content) != len(written.Content) || node.Value != written.Value {
		return fmt.Errorf("read document back: line %d has another value than it was made of", written.Line)
	}
	each(node, written)
	for i := range node.Content {
		if err := pair(node.Content[i], written.Content[i], each); err != nil {
			return err
		}
	}
	return nil
}

// normalize drops comments and gives every node the style of what we write: block
// collections, literal blocks for several lines, quotes only where some YAML
// reader needs them.
func normalize(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	n.Style = 0
	switch n.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		if len(n.Content) == 0 {
			n.Style = yaml.FlowStyle
		}
	case yaml.ScalarNode:
		switch {
		case n.ShortTag() != "!!str":
		case blockRE.MatchString(n.Value):
			n.Style = yaml.LiteralStyle
		case quoted || boolLike(n.Value) || strings.ContainsAny(n.Value, breaks):
			n.Style = yaml.DoubleQuotedStyle
		}
	}
	for _, c := range n.Content {
		normalize(c)
	}
}

// breaks are the characters that end lines. Blocks keep only the first of them, and no
// spaces before the text.
const breaks = "\n\r\u0085\u2028\u2029"

var blockRE = regexp.MustCompile(`^[^\s\x{0085}\x{2028}\x{2029}][^\r\x{0085}\x{2028}\x{2029}]*\n[^\r\x{0085}\x{2028}\x{2029}]*$`)

// boolLike reports whether readers of YAML 1.1 take a plain scalar for a boolean.
func boolLike(s string) bool {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off":
		return true
	}
	return false
}
