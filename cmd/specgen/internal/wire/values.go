package wire

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// sets are the keys whose lists have no order.
var sets = []string{
	"enum", "required", "type", "security", "x-ack-always", "x-ack-copies-to", "x-ack-regions", "success", "failure", "pending", "gone",
}

// canonical writes the value of a key so that two values that mean the same are the same.
func canonical(key string, n *yaml.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case yaml.MappingNode:
		var parts []string
		for k, v := range yamlsrc.Pairs(n) {
			parts = append(parts, strconv.Quote(k.Value)+": "+canonical(k.Value, v))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, ", ") + "}"
	case yaml.SequenceNode:
		var parts []string
		for _, item := range n.Content {
			parts = append(parts, canonical("", item))
		}
		if slices.Contains(sets, key) {
			slices.Sort(parts)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		return scalar(n)
	}
}

func scalar(n *yaml.Node) string {
	if number := yamlsrc.Number(n); number != "" {
		return number
	}
	if n.ShortTag() == "!!str" {
		return strconv.Quote(n.Value)
	}
	return n.Value
}

// longest is the number of characters that From and To of a change show at most.
const longest = 120

// shown writes a value for people, on one line. A long one ends in what identifies it.
func shown(key string, n *yaml.Node) string {
	text := canonical(key, n)
	if n != nil && n.Kind == yaml.ScalarNode {
		text = strings.Join(strings.Fields(n.Value), " ")
	}
	if runes := []rune(text); len(runes) > longest {
		sum := sha256.Sum256([]byte(text))
		return fmt.Sprintf("%s… (%x)", string(runes[:longest]), sum[:3])
	}
	return text
}

// items returns the texts of a list, or the one text.
func items(n *yaml.Node) []string {
	if n == nil {
		return nil
	}
	if n.Kind == yaml.ScalarNode {
		return []string{n.Value}
	}
	var out []string
	for _, item := range yamlsrc.Items(n) {
		out = append(out, item.Value)
	}
	return out
}

// only returns what the first list has and the second has not, sorted.
func only(list, other []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(other, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
