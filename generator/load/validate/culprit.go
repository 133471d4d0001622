package validate

import (
	"encoding/json"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// decoders decode objects as kin-openapi does.
var decoders = map[oas.Kind]func([]byte) error{
	oas.Info: decodes[openapi3.Info], oas.Server: decodes[openapi3.Server], oas.ServerVariable: decodes[openapi3.ServerVariable],
	oas.Tag: decodes[openapi3.Tag], oas.PathItem: decodes[openapi3.PathItem], oas.Operation: decodes[openapi3.Operation],
	oas.Parameter: decodes[openapi3.Parameter], oas.Header: decodes[openapi3.Header], oas.RequestBody: decodes[openapi3.RequestBody],
	oas.Response: decodes[openapi3.Response], oas.MediaType: decodes[openapi3.MediaType], oas.Example: decodes[openapi3.Example],
	oas.Schema: decodes[openapi3.Schema], oas.SecurityScheme: decodes[openapi3.SecurityScheme],
	oas.Document: decodes[openapi3.T], oas.Components: decodes[openapi3.Components],
}

func decodes[T any](data []byte) error { return json.Unmarshal(data, new(T)) }

// culprit returns the key in the document that kin-openapi cannot decode: its loader
// says what is wrong and not where.
func culprit(n *oas.Node) *yaml.Node {
	for _, c := range n.Children {
		if !loads(c) {
			return culprit(c)
		}
	}
	for key, value := range yamlsrc.Pairs(n.Value) {
		if !decodesAs(n.Kind, &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{key, value}}) {
			return key
		}
	}
	return n.Start()
}

// loads reports whether an object can be decoded.
func loads(n *oas.Node) bool {
	if decoders[n.Kind] != nil {
		return decodesAs(n.Kind, n.Value)
	}
	return !slices.ContainsFunc(n.Children, func(c *oas.Node) bool { return !loads(c) })
}

func decodesAs(kind oas.Kind, value *yaml.Node) bool {
	decode := decoders[kind]
	if decode == nil {
		return true
	}
	var v any
	if err := value.Decode(&v); err != nil {
		return false
	}
	data, err := json.Marshal(v)
	return err == nil && decode(data) == nil
}
