package reference

import (
	"encoding/json"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// defaultOf returns the default of a schema as JSON, or "".
func (b *builder) defaultOf(s *openapi3.Schema) string {
	if s.Default == nil {
		return ""
	}
	return b.json(s.Origin, s.Default, "", "default")
}

// example returns the example below the key of that name, as JSON on one line, or "".
func (b *builder) example(o *openapi3.Origin, value any) string {
	if value == nil {
		return ""
	}
	return b.json(o, value, "", "example")
}

// json writes a value of the document as JSON: as it stands there, with all digits and in
// its order, or else as kin-openapi has read it. Without an indent it is one line.
func (b *builder) json(o *openapi3.Origin, value any, indent string, path ...string) string {
	if n := b.Value(o, path...); n != nil {
		var out strings.Builder
		printer{&out, indent}.node(n, "\n")
		return out.String()
	}
	return marshal(value, indent)
}

func marshal(value any, indent string) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(value); err != nil {
		return ""
	}
	return strings.TrimSpace(out.String())
}

// printer writes YAML as JSON.
type printer struct {
	out    *strings.Builder
	indent string // of a level; "" writes one line
}

// node writes a node. The line break has the indent of the line that it begins on.
func (p printer) node(n *yaml.Node, line string) {
	switch n.Kind {
	case yaml.AliasNode:
		p.node(n.Alias, line)
	case yaml.MappingNode:
		p.mapping(n, line)
	case yaml.SequenceNode:
		if p.indent != "" && short(n) {
			p.indent = ""
		}
		p.list("[", "]", len(n.Content), line, func(i int, line string) { p.node(n.Content[i], line) })
	default:
		p.out.WriteString(scalar(n))
	}
}

// short reports whether a list fits on a line.
func short(n *yaml.Node) bool {
	length := 0
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			return false
		}
		length += len(item.Value) + len(`"", `)
	}
	return length <= 60
}

func (p printer) mapping(n *yaml.Node, line string) {
	p.list("{", "}", len(n.Content)/2, line, func(i int, line string) {
		p.out.WriteString(marshal(n.Content[2*i].Value, "") + ": ")
		p.node(n.Content[2*i+1], line)
	})
}

func (p printer) list(open, end string, length int, line string, item func(i int, line string)) {
	inner, comma := line+p.indent, ","
	if p.indent == "" {
		inner, line, comma = "", "", ", "
	}
	if length == 0 {
		p.out.WriteString(open + end)
		return
	}
	p.out.WriteString(open)
	for i := range length {
		if i > 0 {
			p.out.WriteString(comma)
		}
		p.out.WriteString(inner)
		item(i, inner)
	}
	p.out.WriteString(line + end)
}

// scalar writes a scalar as JSON.
func scalar(n *yaml.Node) string {
	switch n.ShortTag() {
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return n.Value
		}
		if number := yamlsrc.Number(n); number != "" {
			return number
		}
	case "!!bool", "!!null":
		var v any
		if n.Decode(&v) == nil {
			return marshal(v, "")
		}
	}
	return marshal(n.Value, "")
}
