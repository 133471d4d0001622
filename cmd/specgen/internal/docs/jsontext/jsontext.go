// Package jsontext writes values of a spec as JSON: as they stand there, with all digits of
// their numbers and the members of objects in their order.
//
// It may import generator/load/yamlsrc, go.yaml.in/yaml/v3 and the standard library.
package jsontext

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// maxFlat is how long an object or a list may be that stands on one line of a block.
const maxFlat = 72

const indent = "  "

// A form is how a value is laid out.
type form struct {
	space string // after commas and colons
	lines bool   // objects and lists that are long have lines
}

// Wire returns a value without any space, as programs send it.
func Wire(n *yaml.Node) string { return form{}.value(n) }

// Line returns a value on one line, to be read.
func Line(n *yaml.Node) string { return form{space: " "}.value(n) }

// Block returns a value whose long objects and lists have a line for each member.
func Block(n *yaml.Node) string { return form{space: " ", lines: true}.value(n) }

func (f form) value(n *yaml.Node) string {
	var parts []string
	open, end := "{", "}"
	switch n.Kind {
	case yaml.AliasNode:
		return f.value(n.Alias)
	case yaml.MappingNode:
		for key, value := range yamlsrc.Pairs(n) {
			parts = append(parts, text(key.Value)+":"+f.space+f.value(value))
		}
	case yaml.SequenceNode:
		open, end = "[", "]"
		for _, value := range n.Content {
			parts = append(parts, f.value(value))
		}
	default:
		return scalar(n)
	}
	flat := open + strings.Join(parts, ","+f.space) + end
	if !f.lines || len(parts) == 0 || len(flat) <= maxFlat && !strings.Contains(flat, "\n") {
		return flat
	}
	lines := strings.ReplaceAll(strings.Join(parts, ",\n"), "\n", "\n"+indent) // texts have no line feeds in JSON
	return open + "\n" + indent + lines + "\n" + end
}

func scalar(n *yaml.Node) string {
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!bool":
		if v, err := strconv.ParseBool(n.Value); err == nil {
			return strconv.FormatBool(v)
		}
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return n.Value
		}
		if number := yamlsrc.Number(n); number != "" {
			return number
		}
	}
	return text(n.Value)
}

func text(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // texts can be encoded
	return strings.TrimSuffix(b.String(), "\n")
}
