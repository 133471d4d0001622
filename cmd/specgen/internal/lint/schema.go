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

func checkExtensionSchema(p *pass) {
	schemas := map[string]*openapi3.Schema{}
	for key, value := range yamlsrc.Pairs(p.settings.Extensions) {
		schema, err := parseSchema(yamlsrc.Value(value, "schema"))
		if err != nil {
			p.report(key, nil, "the schema of %s cannot be used: %v", key.Value, err)
			continue
		}
		schemas[key.Value] = schema
	}
	for _, x := range p.extensions() {
		schema := schemas[x.key.Value]
		if schema == nil || readByGenerator(x.key.Value) || unwritten(x.value) {
			continue
		}
		var value any
		if err := x.value.Decode(&value); err != nil {
			p.report(x.value, x.owner, "%s cannot be read: %v", x.key.Value, err)
			continue
		}
		p.schemaErrors(x, schema.VisitJSON(jsonValue(value), openapi3.MultiErrors()))
	}
}

// readByGenerator reports whether the generator finds wrong values of an
// extension by itself.
func readByGenerator(name string) bool {
	return slices.ContainsFunc(load.Extensions, func(x load.Extension) bool { return x.Name == name && x.Read })
}

// parseSchema reads a schema of extensions.yaml.
func parseSchema(n *yaml.Node) (*openapi3.Schema, error) {
	if n == nil {
		return nil, errors.New("it is missing")
	}
	var value any
	if err := n.Decode(&value); err != nil {
		return nil, err
	}
	return schemaOf(jsonValue(value))
}

// schemaErrors reports every part of a value that its schema refuses.
func (p *pass) schemaErrors(x extension, err error) {
	switch e := err.(type) { //nolint:errorlint // the tree of errors is taken apart level by level
	case nil:
	case openapi3.MultiError:
		for _, sub := range e {
			p.schemaErrors(x, sub)
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

// cutAtComma reports whether the value looks like {decision: one, two}, of which
// YAML makes a second key without value.
func cutAtComma(n *yaml.Node) bool {
	for key, value := range yamlsrc.Pairs(n) {
		if value.ShortTag() == "!!null" && strings.Contains(key.Value, " ") {
			return true
		}
	}
	return false
}

// jsonValue turns a value decoded from YAML into the one that JSON would decode:
// numbers are float64, and times and the like are strings.
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
