package lint

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func checkExtensionShape(p *pass) {
	shapes := map[string]*openapi3.Schema{}
	for key, value := range yamlsrc.Pairs(p.settings.Extensions) {
		schema, err := parseShape(yamlsrc.Value(value, "schema"))
		if err != nil {
			p.report(key, nil, "the schema of %s cannot be used: %v", key.Value, err)
			continue
		}
		shapes[key.Value] = schema
	}
	for _, x := range p.extensions() {
		schema := shapes[x.key.Value]
		if schema == nil || readByGenerator(x.key.Value) {
			continue
		}
		var value any
		if err := x.value.Decode(&value); err != nil {
			p.report(x.value, x.owner, "%s cannot be read: %v", x.key.Value, err)
			continue
		}
		p.shapeErrors(x, schema.VisitJSON(jsonValue(value), openapi3.MultiErrors()))
	}
}

// readByGenerator reports whether the generator finds wrong values of an
// extension by itself.
func readByGenerator(name string) bool {
	return slices.ContainsFunc(load.Extensions, func(x load.Extension) bool { return x.Name == name && x.Read })
}

// parseShape reads a schema of extensions.yaml.
func parseShape(n *yaml.Node) (*openapi3.Schema, error) {
	if n == nil {
		return nil, errors.New("it is missing")
	}
	var value any
	if err := n.Decode(&value); err != nil {
		return nil, err
	}
	return schemaOf(jsonValue(value))
}

// shapeErrors reports every place of a value that its schema refuses.
func (p *pass) shapeErrors(x extension, err error) {
	switch e := err.(type) { //nolint:errorlint // the tree of errors is taken apart level by level
	case nil:
	case openapi3.MultiError:
		for _, sub := range e {
			p.shapeErrors(x, sub)
		}
	case *openapi3.SchemaError:
		at := x.value
		for _, token := range e.JSONPointer() {
			if next := yamlsrc.Child(at, token); next != nil {
				at = next
			}
		}
		where := x.key.Value
		if path := e.JSONPointer(); len(path) > 0 {
			where += " at /" + strings.Join(path, "/")
		}
		hint := ""
		if cutAtComma(at) {
			hint = "; inside { } a text with a comma needs quotes"
		}
		p.report(at, x.owner, "%s: %s%s", where, e.Reason, hint)
	default:
		p.report(x.value, x.owner, "%s: %v", x.key.Value, err)
	}
}

// cutAtComma recognizes what YAML makes of {decision: one, two}: a second key
// without value.
func cutAtComma(n *yaml.Node) bool {
	for key, value := range yamlsrc.Pairs(n) {
		if value.ShortTag() == "!!null" && strings.Contains(key.Value, " ") {
			return true
		}
	}
	return false
}

// jsonValue turns what YAML decodes into what JSON would: float64 numbers, and
// strings for anything else that YAML has types for.
func jsonValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = jsonValue(v[k])
		}
		return v
	case []any:
		for i := range v {
			v[i] = jsonValue(v[i])
		}
		return v
	case int:
		return float64(v)
	case nil, bool, string, float64:
		return v
	default:
		return fmt.Sprint(v)
	}
}

func schemaOf(value any) (*openapi3.Schema, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	schema := openapi3.NewSchema()
	if err := schema.UnmarshalJSON(data); err != nil {
		return nil, err
	}
	return schema, nil
}
