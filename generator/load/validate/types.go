package validate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

// fieldTypes lists the JSON types of the fields that kin-openapi decodes into
// Go types: a wrong one stops its loader without a position. Several types are
// separated by |.
var fieldTypes = map[oas.Kind]map[string]string{
	oas.Document: {
		"openapi": "string", "info": "mapping", "servers": "sequence of mappings", "paths": "mapping", "components": "mapping",
		"security": "sequence of mappings", "tags": "sequence of mappings", "externalDocs": "mapping",
	},
	oas.Info: {
		"title": "string", "description": "string", "termsOfService": "string", "version": "string", "contact": "mapping", "license": "mapping",
	},
	oas.Server:         {"url": "string", "description": "string", "variables": "mapping"},
	oas.ServerVariable: {"enum": "sequence of strings", "default": "string", "description": "string"},

	oas.Tag: {"name": "string", "description": "string", "externalDocs": "mapping"},
	oas.PathItem: {
		"summary": "string", "description": "string", "servers": "sequence of mappings", "parameters": "sequence of mappings",
		"get": "mapping", "put": "mapping", "post": "mapping", "delete": "mapping", "options": "mapping", "head": "mapping",
		"patch": "mapping", "trace": "mapping",
	},
	oas.Operation: {
		"tags": "sequence of strings", "summary": "string", "description": "string", "operationId": "string",
		"parameters": "sequence of mappings", "requestBody": "mapping", "responses": "mapping", "deprecated": "boolean",
		"security": "sequence of mappings", "servers": "sequence of mappings", "externalDocs": "mapping", "callbacks": "mapping",
	},
	oas.Parameter: {
		"name": "string", "in": "string", "description": "string", "required": "boolean", "deprecated": "boolean",
		"allowEmptyValue": "boolean", "style": "string", "explode": "boolean", "allowReserved": "boolean", "schema": "mapping",
		"content": "mapping", "examples": "mapping",
	},
	oas.Header: {
		"description": "string", "required": "boolean", "deprecated": "boolean", "allowEmptyValue": "boolean", "style": "string",
		"explode": "boolean", "allowReserved": "boolean", "schema": "mapping", "content": "mapping", "examples": "mapping",
	},
	oas.RequestBody: {"description": "string", "required": "boolean", "content": "mapping"},
	oas.Response:    {"description": "string", "headers": "mapping", "content": "mapping", "links": "mapping"},
	oas.MediaType:   {"schema": "mapping", "examples": "mapping", "encoding": "mapping"},
	oas.Example:     {"summary": "string", "description": "string", "externalValue": "string"},
	oas.Schema: {
		"title": "string", "multipleOf": "number", "maximum": "number", "exclusiveMaximum": "boolean", "minimum": "number",
		"exclusiveMinimum": "boolean", "maxLength": "integer", "minLength": "integer", "pattern": "string", "maxItems": "integer",
		"minItems": "integer", "uniqueItems": "boolean", "maxProperties": "integer", "minProperties": "integer",
		"required": "sequence of strings", "enum": "sequence", "type": "string", "not": "mapping", "items": "mapping",
		"allOf": "sequence of mappings", "oneOf": "sequence of mappings", "anyOf": "sequence of mappings", "properties": "mapping",
		"additionalProperties": "boolean|mapping", "description": "string", "format": "string", "nullable": "boolean",
		"discriminator": "mapping", "readOnly": "boolean", "writeOnly": "boolean", "xml": "mapping", "externalDocs": "mapping",
		"deprecated": "boolean",
	},
	oas.Components: {
		"schemas": "mapping", "parameters": "mapping", "responses": "mapping", "requestBodies": "mapping", "headers": "mapping",
		"examples": "mapping", "securitySchemes": "mapping", "links": "mapping", "callbacks": "mapping",
	},
}

// holdMappings are the fields whose entries are all objects.
var holdMappings = []string{
	"properties", "schemas", "parameters", "responses", "requestBodies", "headers", "examples", "securitySchemes", "content", "paths",
	"variables",
}

// anyTyped lists the fields that hold any value, or that other code checks.
var anyTyped = map[oas.Kind][]string{
	oas.Parameter: {"example"}, oas.Header: {"example"}, oas.MediaType: {"example"}, oas.Example: {"value"}, oas.Schema: {"default", "example"},
}

// fields reports unknown fields: kin-openapi names only some of them.
func (r *run) fields(tree *oas.Node) {
	for n := range tree.All() {
		known := fieldTypes[n.Kind]
		if known == nil || n.IsRef() || n.Value.Kind != yaml.MappingNode {
			continue
		}
		for key := range yamlsrc.Pairs(n.Value) {
			if known[key.Value] != "" || slices.Contains(anyTyped[n.Kind], key.Value) || strings.HasPrefix(key.Value, "x-") {
				continue
			}
			names := append(slices.Sorted(maps.Keys(known)), anyTyped[n.Kind]...)
			r.unknown[key] = true
			r.add(key, codeField, "%q is not a field of %s%s", key.Value, article(string(n.Kind)), spell.Hint(key.Value, names))
		}
	}
}

func (r *run) types(tree *oas.Node) {
	if tree.Value.Kind != yaml.MappingNode {
		r.add(tree.Value, codeType, "the document must be a mapping")
		return
	}
	for n := range tree.All() {
		for key, value := range yamlsrc.Pairs(n.Value) {
			want := fieldTypes[n.Kind][key.Value]
			if want != "" && typeOf(value) == "null" && !strings.HasPrefix(want, "mapping") {
				r.warn(value, codeType, "%s is null, which is read as if it were not there", key.Value)
				continue
			}
			if want != "" && !isOneOf(value, want) {
				r.add(value, codeType, "%s must be %s, not %s", key.Value, article(strings.ReplaceAll(want, "|", " or a ")), article(typeOf(value)))
				continue
			}
			if want == "mapping" && slices.Contains(holdMappings, key.Value) {
				r.entries(key.Value, value)
			}
		}
	}
}

// entries reports the entries of a field that are not mappings. Only among paths
// and responses is a key with x- an extension; elsewhere it is a name.
func (r *run) entries(field string, m *yaml.Node) {
	extensible := field == "paths" || field == "responses"
	for key, value := range yamlsrc.Pairs(m) {
		extension := extensible && strings.HasPrefix(key.Value, "x-")
		if value.Kind != yaml.MappingNode && !extension {
			r.add(value, codeType, "%s in %s must be a mapping, not %s", key.Value, field, article(typeOf(value)))
		}
	}
}

func isOneOf(n *yaml.Node, want string) bool {
	for w := range strings.SplitSeq(want, "|") {
		outer, inner, nested := strings.Cut(w, " of ")
		got := typeOf(n)
		if got != outer && (outer != "number" || got != "integer") {
			continue
		}
		if !nested {
			return true
		}
		if !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return typeOf(c)+"s" != inner }) {
			return true
		}
	}
	return false
}

// article puts a or an before a noun.
func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// typeOf names the JSON type of a YAML value.
func typeOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "mapping"
	case yaml.SequenceNode:
		return "sequence"
	}
	switch n.ShortTag() {
	case "!!bool":
		return "boolean"
	case "!!int":
		return "integer"
	case "!!float":
		return "number"
	case "!!null":
		return "null"
	default:
		return "string"
	}
}

// schemaTypes are the types that a schema can have.
var schemaTypes = []string{"array", "boolean", "integer", "number", "object", "string"}

// unknownType is the message about a type that is none of schemaTypes.
func unknownType(name string) string {
	if best := spell.Nearest(name, schemaTypes); best != "" {
		return fmt.Sprintf("there is no type %q%s", name, spell.DidYouMean(best))
	}
	return fmt.Sprintf("there is no type %q: the types are %s", name, strings.Join(schemaTypes, ", "))
}
