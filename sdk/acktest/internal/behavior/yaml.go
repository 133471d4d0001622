package behavior

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// YAML returns a JSON text as YAML text in the usual layout. Numbers keep their digits.
func YAML(jsonText string) (string, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(jsonText), &document); err != nil { // JSON is YAML
		return "", fmt.Errorf("read JSON as YAML: %w", err)
	}
	unflow(&document)
	out, err := yaml.Marshal(&document)
	if err != nil {
		return "", fmt.Errorf("write YAML: %w", err)
	}
	return string(out), nil
}

// unflow takes the braces and quotation marks of JSON away, as far as YAML can do without.
func unflow(n *yaml.Node) {
	if len(n.Content) > 0 || n.Kind == yaml.ScalarNode {
		n.Style = 0
	}
	for _, child := range n.Content {
		unflow(child)
	}
}
