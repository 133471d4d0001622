package yamlsrc

import (
	"fmt"
	"iter"
	"math"
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

// Rat returns a number as it stands in the document. It returns nil for anything
// else, such as infinity and nil.
func Rat(n *yaml.Node) *big.Rat {
	var v any
	if n == nil || n.Decode(&v) != nil {
		return nil
	}
	text := ""
	switch v := v.(type) {
	case int, int64, uint64:
		text = fmt.Sprint(v)
	case float64:
		if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) { // all digits of 1e-999999999 would fill the memory
			return new(big.Rat).SetFloat64(v)
		}
		text = strings.ReplaceAll(n.Value, "_", "") // v may have lost digits
	}
	if r, ok := new(big.Rat).SetString(text); ok {
		return r
	}
	return nil
}

// Items returns the elements of a sequence. Anything else, nil too, has none.
func Items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// Number returns a number in plain decimal digits, all of them. It returns "" for
// anything else, nil too.
func Number(n *yaml.Node) string {
	r := Rat(n)
	if r == nil {
		return ""
	}
	digits, _ := r.FloatPrec()
	return r.FloatString(digits)
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
