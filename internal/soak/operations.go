package soak

import (
	"fmt"
	"net/http"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/spec"
)

// An operation is what the rules need to know of one.
type operation struct {
	unsafe  bool
	hasBody bool // its success is told by a body
}

// operations reads them from the spec, by name. It does not ask the client, which is what the rules are for.
func operations() (map[string]operation, error) {
	var document struct {
		Paths map[string]map[string]yaml.Node
	}
	if err := yaml.Unmarshal(spec.Bundle(), &document); err != nil {
		return nil, fmt.Errorf("read the spec: %w", err)
	}
	out := make(map[string]operation)
	for _, methods := range document.Paths {
		for _, node := range methods {
			var described struct {
				Name      string `yaml:"operationId"`
				Retry     string `yaml:"x-ack-retry"`
				Responses map[string]struct{ Content map[string]yaml.Node }
			}
			if err := node.Decode(&described); err != nil {
				return nil, fmt.Errorf("read an operation of the spec: %w", err)
			}
			success := described.Responses[strconv.Itoa(http.StatusOK)]
			out[described.Name] = operation{unsafe: described.Retry == "unsafe", hasBody: len(success.Content) > 0}
		}
	}
	return out, nil
}
