package object

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxDepth bounds how deep YAML may be nested, as encoding/json does for JSON.
const maxDepth = 1000

// DecodeYAML reads one object of YAML. Aliases are refused: a short text could
// become an object of any size.
func DecodeYAML(data []byte) (Object, error) {
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		return nil, errors.New("read YAML: the text is not well-formed")
	}
	if err := dec.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, errors.New("read YAML: there is more than one document")
	}
	tree, err := fromYAML(doc.Content[0], 0)
	if err != nil {
		return nil, err
	}
	o, ok := tree.(Object)
	if !ok {
		return nil, errors.New("the body is not an object")
	}
	return o, nil
}

func fromYAML(n *yaml.Node, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errors.New("read YAML: it is nested too deeply")
	}
	switch n.Kind {
	case yaml.MappingNode:
		return fromMapping(n, depth)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			value, err := fromYAML(item, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	case yaml.ScalarNode:
		return fromScalar(n)
	default:
		return nil, fmt.Errorf("read YAML: line %d: aliases are not supported", n.Line)
	}
}

func fromMapping(n *yaml.Node, depth int) (any, error) {
	o := make(Object, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i]
		if name.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("read YAML: line %d: the name of a field is not a text", name.Line)
		}
		if _, twice := o[name.Value]; twice {
			return nil, fmt.Errorf("read YAML: line %d: a field is there twice", name.Line)
		}
		value, err := fromYAML(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		o[name.Value] = value
	}
	return o, nil
}

func fromScalar(n *yaml.Node) (any, error) {
	switch n.Tag {
	case "!!null":
		return nil, nil
	case "!!bool":
		var b bool
		err := n.Decode(&b)
		return b, err
	case "!!int", "!!float":
		if number := json.Number(n.Value); json.Valid([]byte(number)) {
			return number, nil
		}
		var i int64
		if err := n.Decode(&i); err != nil {
			return nil, fmt.Errorf("read YAML: line %d: the number has no form in JSON", n.Line)
		}
		return json.Number(strconv.FormatInt(i, 10)), nil
	default:
		return n.Value, nil
	}
}
