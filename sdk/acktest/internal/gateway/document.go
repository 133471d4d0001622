package gateway

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A document is the spec with its numbers as they are written: kin-openapi keeps them as float64, in which whole numbers above 2^53 lose
// their last digits.
type document map[string]any

func parseDocument(text []byte) (document, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("parse spec: %w", err)
	}
	doc, _ := jsonValue(&root).(map[string]any)
	return doc, nil
}

// at follows keys from a value on, and each reference on the way. It returns nil when they lead nowhere.
func (d document) at(value any, keys ...string) any {
	value = d.resolve(value)
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = d.resolve(object[key])
	}
	return value
}

// resolve returns what a reference refers to, and any other value itself. kin-openapi refuses circles.
func (d document) resolve(value any) any {
	object, _ := value.(map[string]any)
	pointer, isRef := object["$ref"].(string)
	if !isRef {
		return value
	}
	keys := strings.Split(strings.TrimPrefix(pointer, "#/"), "/")
	for i, key := range keys {
		keys[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
	}
	return d.at(map[string]any(d), keys...)
}

// firstExample returns the example of a media type: the single one, else the first of the named ones by name, else that of the schema.
func (d document) firstExample(media any) (any, bool) {
	object, _ := media.(map[string]any)
	if example := object["example"]; example != nil {
		return example, true
	}
	named, _ := object["examples"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(named)) {
		holder, _ := d.at(named, name).(map[string]any)
		if value := holder["value"]; value != nil { // an externalValue is somewhere else
			return value, true
		}
	}
	schema, _ := d.at(media, "schema").(map[string]any)
	return schema["example"], schema["example"] != nil
}

// jsonValue returns a YAML value as encoding/json decodes into any, but with json.Number for numbers.
func jsonValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return jsonValue(n.Content[0])
	case yaml.AliasNode:
		return jsonValue(n.Alias)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = jsonValue(item)
		}
		return list
	case yaml.MappingNode:
		object := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			object[n.Content[i].Value] = jsonValue(n.Content[i+1])
		}
		return object
	}
	return jsonScalar(n)
}

func jsonScalar(n *yaml.Node) any {
	switch tag := n.ShortTag(); {
	case tag == "!!int" || tag == "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	case tag != "!!bool" && tag != "!!null":
		return n.Value // dates, too, are text in JSON
	}
	var value any // also a number in a form that JSON lacks, such as 0x1F
	_ = n.Decode(&value)
	return value
}
