package snippet

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// jsonText returns a value as JSON, with its members in their order and its numbers as
// they are written. With an indent, objects and lists that are not short have a line for
// each member; without one, there is no space between them.
func jsonText(n *yaml.Node, indent string) string {
	var parts []string
	open, end, space := "{", "}", " "
	if indent == "" {
		space = ""
	}
	switch n.Kind {
	case yaml.AliasNode:
		return jsonText(n.Alias, indent)
	case yaml.MappingNode:
		for key, value := range yamlsrc.Pairs(n) {
			parts = append(parts, jsonString(key.Value)+":"+space+jsonText(value, indent))
		}
	case yaml.SequenceNode:
		open, end = "[", "]"
		for _, value := range n.Content {
			parts = append(parts, jsonText(value, indent))
		}
	default:
		return jsonScalar(n)
	}
	flat := open + strings.Join(parts, ","+space) + end
	if indent == "" || len(parts) == 0 || len(flat) <= maxFlat && !strings.Contains(flat, "\n") {
		return flat
	}
	lines := strings.ReplaceAll(strings.Join(parts, ",\n"), "\n", "\n"+indent) // texts have no line feeds in JSON
	return open + "\n" + indent + lines + "\n" + end
}

func jsonScalar(n *yaml.Node) string {
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
	return jsonString(n.Value)
}

func jsonString(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // texts can be encoded
	return strings.TrimSuffix(b.String(), "\n")
}
