package oas31

import "github.com/ackgen/ackgen/generator/load/oas"

const (
	tell      = "tell it in the description"
	reference = "refer to a schema by its place: #/components/schemas/Name"
)

// onlyNew are the fields that OpenAPI 3.0 lacks, and what to write instead.
var onlyNew = map[oas.Kind]map[string]string{
	oas.Document:   {"webhooks": "delete them: a client calls operations, and nothing is generated for what a service calls"},
	oas.Components: {"pathItems": "write them below paths, or into files that $ref of the paths leads to"},
	oas.Schema: {
		"const":                 "write enum with this value alone",
		"if":                    "list the variants below oneOf, or tell the condition in the description",
		"then":                  "list the variants below oneOf, or tell the condition in the description",
		"else":                  "list the variants below oneOf, or tell the condition in the description",
		"prefixItems":           "write items with one schema for all, or make it an object with a property for each",
		"contains":              tell,
		"minContains":           tell,
		"maxContains":           tell,
		"patternProperties":     "write additionalProperties with the schema of the values, and tell the rest in the description",
		"propertyNames":         tell,
		"dependentRequired":     tell,
		"dependentSchemas":      tell,
		"unevaluatedItems":      tell,
		"unevaluatedProperties": "leave it out, or write additionalProperties: false in an object without allOf",
		"contentEncoding":       "write format: byte for base64, or tell it in the description",
		"contentMediaType":      "write format: binary for bytes as they are, or tell it in the description",
		"contentSchema":         tell,
		"$defs":                 "move the schemas to components/schemas",
		"$schema":               "leave it out",
		"$comment":              "write a comment of YAML",
		"$id":                   reference,
		"$anchor":               reference,
		"$dynamicRef":           reference,
		"$dynamicAnchor":        reference,
	},
}
