package validate

import (
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// integers compares the integers of an example or default with their schema, all of
// their digits. kin-openapi has them as float64, in which large ones lose the last.
func (w *walker) integers(s *openapi3.Schema, n *yaml.Node, field string, path ...string) {
	if s == nil || n == nil {
		return
	}
	for _, part := range s.AllOf {
		w.integers(valueOf(part), n, field, path...)
	}
	switch n.Kind {
	case yaml.SequenceNode:
		for i, item := range n.Content {
			w.integers(valueOf(s.Items), item, field, append(slices.Clip(path), strconv.Itoa(i))...)
		}
	case yaml.MappingNode:
		for key, value := range yamlsrc.Pairs(n) {
			below := s.Properties[key.Value]
			if below == nil {
				below = s.AdditionalProperties.Schema
			}
			w.integers(valueOf(below), value, field, append(slices.Clip(path), key.Value)...)
		}
	case yaml.ScalarNode:
		if problem := w.wrongInteger(s, n); problem != "" {
			w.wrongValue(n, field, path, problem)
		}
	}
}

func valueOf(ref *openapi3.SchemaRef) *openapi3.Schema {
	if ref == nil {
		return nil
	}
	return ref.Value
}

// wrongInteger says why a number is not an integer that the schema allows, or "".
func (w *walker) wrongInteger(s *openapi3.Schema, n *yaml.Node) string {
	have := yamlsrc.Rat(n)
	if have == nil || !s.Type.Is(openapi3.TypeInteger) {
		return ""
	}
	low, high := w.bound(s, "minimum", s.Min), w.bound(s, "maximum", s.Max)
	lowest, highest := yamlsrc.Rat(low), yamlsrc.Rat(high)
	switch {
	case !have.IsInt():
		return "value must be an integer"
	case lowest != nil && have.Cmp(lowest) < 0:
		return "number must be at least " + yamlsrc.Number(low)
	case highest != nil && have.Cmp(highest) > 0:
		return "number must be at most " + yamlsrc.Number(high)
	case s.Format == "int64" && !have.Num().IsInt64():
		return "number does not fit into 64 bits"
	}
	return ""
}

// bound returns the node of a bound that the schema has.
func (w *walker) bound(s *openapi3.Schema, keyword string, value *float64) *yaml.Node {
	if value == nil || s.Origin == nil {
		return nil
	}
	return w.positions.ValueOf(w.field(s.Origin, keyword))
}

// isIntegerBound reports whether an error is one that integers finds as well.
func isIntegerBound(e *openapi3.SchemaError) bool {
	if e.Schema == nil || !e.Schema.Type.Is(openapi3.TypeInteger) {
		return false
	}
	return e.SchemaField == "minimum" || e.SchemaField == "maximum" || e.SchemaField == "format" && e.Schema.Format == "int64"
}
