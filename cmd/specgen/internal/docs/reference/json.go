package reference

import (
	"encoding/json"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/jsontext"
)

// defaultOf returns the default of a schema as JSON, or "".
func (b *builder) defaultOf(s *openapi3.Schema) string {
	if s.Default == nil {
		return ""
	}
	return b.json(s.Origin, s.Default, jsontext.Line, "default")
}

// example returns the example below the key of that name, as JSON on one line, or "".
func (b *builder) example(o *openapi3.Origin, value any) string {
	if value == nil {
		return ""
	}
	return b.json(o, value, jsontext.Line, "example")
}

// json writes a value of the document as JSON: as it stands there, or else as kin-openapi
// has read it.
func (b *builder) json(o *openapi3.Origin, value any, write func(*yaml.Node) string, path ...string) string {
	if n := b.Value(o, path...); n != nil {
		return write(n)
	}
	return marshal(value, "")
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
