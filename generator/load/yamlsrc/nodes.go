package yamlsrc

import (
	"fmt"
	"iter"
	"math/big"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Pairs ranges over the keys and values of a mapping. Anything else, nil too,
// has none.
func Pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		if n == nil || n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// Get returns the key and value nodes of a mapping entry, or nil.
func Get(n *yaml.Node, name string) (key, value *yaml.Node) {
	for key, value := range Pairs(n) {
		if key.Value == name {
			return key, value
		}
	}
	return nil, nil
}

// Value returns the value of a mapping entry, or nil.
func Value(n *yaml.Node, name string) *yaml.Node {
	_, v := Get(n, name)
	return v
}

// Text returns the value of a mapping entry that is a scalar, or "".
func Text(n *yaml.Node, name string) string {
	if v := Value(n, name); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}

// exactBits are enough for every whole number that a float64 can be as large as.
const exactBits = 1100

// Number returns a number in plain decimal digits, all of them if it is whole. It
// returns "" for anything else, nil too.
func Number(n *yaml.Node) string {
	var v any
	if n == nil || n.Decode(&v) != nil {
		return ""
	}
	switch v := v.(type) {
	case int, int64, uint64:
		return fmt.Sprint(v)
	case float64:
		f, _, err := big.ParseFloat(strings.ReplaceAll(n.Value, "_", ""), 10, exactBits, big.ToNearestEven)
		if err == nil && f.IsInt() {
			return f.Text('f', 0)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// Child follows one token of a JSON pointer: a key of a mapping or the index in
// a sequence. It returns nil when that leads nowhere.
func Child(n *yaml.Node, token string) *yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return Value(n, token)
	}
	if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Content) {
		return n.Content[i]
	}
	return nil
}
