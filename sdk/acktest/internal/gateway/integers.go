package gateway

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
)

// An input is a parameter or the body of an operation, for comparing the integers in it with the spec. kin-openapi compares them as float64
// and would take 9007199254740993 where at most 9007199254740992 is allowed.
type input struct {
	name   string // such as query parameter "size"
	schema any
	read   func(q *received, params map[string]string) any
}

// parameters returns those of a path and of an operation. Those of the operation replace those of the path with their name.
func (d document) parameters(item, def any) []any {
	var out []any
	ofItem, _ := d.at(item, "parameters").([]any)
	ofDef, _ := d.at(def, "parameters").([]any)
	same := func(a, b any) bool { return d.at(a, "name") == d.at(b, "name") && d.at(a, "in") == d.at(b, "in") }
	for _, param := range ofItem {
		if !slices.ContainsFunc(ofDef, func(own any) bool { return same(own, param) }) {
			out = append(out, param)
		}
	}
	return append(out, ofDef...)
}

func (d document) input(param any, op *Operation) input {
	name, in := fmt.Sprint(d.at(param, "name")), d.at(param, "in")
	text := func(q *received, params map[string]string) string {
		switch in {
		case openapi3.ParameterInPath:
			return params[name]
		case openapi3.ParameterInHeader:
			return q.value(name)
		}
		return q.query.Get(name)
	}
	out := input{name: fmt.Sprintf("%s parameter %q", in, name), schema: d.at(param, "schema")}
	spread := in == openapi3.ParameterInQuery && op.query[name].spread != inOne
	if out.schema == nil {
		out.schema = d.at(param, "content", jsonType, "schema")
		spread = true
	}
	switch {
	case spread:
		out.read = func(q *received, params map[string]string) any { return jsonOrNil([]byte(text(q, params))) }
	case d.at(out.schema, "type") == openapi3.TypeArray:
		out.read = func(q *received, params map[string]string) any {
			var list []any
			for item := range strings.SplitSeq(text(q, params), ",") {
				list = append(list, json.Number(strings.TrimSpace(item)))
			}
			return list
		}
	default:
		out.read = func(q *received, params map[string]string) any { return json.Number(text(q, params)) }
	}
	return out
}

func jsonOrNil(data []byte) any {
	value, err := parseJSON(data)
	if err != nil {
		return nil
	}
	return value
}

// checkIntegers compares the integers of a request with the spec, all of their digits. What else is wrong was found before.
func (op *Operation) checkIntegers(q *received, params map[string]string, body content) *fault.Fault {
	inputs := append(slices.Clone(op.inputs), input{
		name:   "request body",
		schema: op.doc.at(op.raw, "requestBody", "content", body.mediaType, "schema"),
		read:   func(*received, map[string]string) any { return body.value },
	})
	for _, in := range inputs {
		if at, problem := op.doc.wrongInteger(in.read(q, params), in.schema, ""); problem != "" {
			where := in.name
			if at != "" {
				where += " at " + at
			}
			return fault.BadRequest("InvalidParameter", "%s: %s", where, problem)
		}
	}
	return nil
}

// wrongInteger returns the JSON pointer of the first integer in a value that its schema does not allow, and why.
func (d document) wrongInteger(value, schema any, pointer string) (at, problem string) {
	return d.wrongIntegerOf(value, schema, pointer, nil)
}

// wrongIntegerOf is wrongInteger for a schema that is a part of others. It does not go round in a base that lists its heirs.
func (d document) wrongIntegerOf(value, schema any, pointer string, partOf []uintptr) (at, problem string) {
	object, _ := d.resolve(schema).(map[string]any)
	self := reflect.ValueOf(object).Pointer()
	if slices.Contains(partOf, self) {
		return "", ""
	}
	if at, problem := d.wrongInParts(value, schema, pointer, append(slices.Clip(partOf), self)); problem != "" {
		return at, problem
	}
	switch v := value.(type) {
	case json.Number:
		if v != "" && d.isInteger(schema) {
			return pointer, d.outside(v, schema)
		}
	case []any:
		for i, item := range v {
			if at, problem := d.wrongInteger(item, d.at(schema, "items"), fmt.Sprintf("%s/%d", pointer, i)); problem != "" {
				return at, problem
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			below := d.at(schema, "properties", name)
			if below == nil {
				below = d.at(schema, "additionalProperties")
			}
			if at, problem := d.wrongInteger(v[name], below, pointer+"/"+name); problem != "" {
				return at, problem
			}
		}
	}
	return "", ""
}

// wrongInParts is wrongInteger for what a schema is composed of: all of its allOf, and one of its oneOf and anyOf.
func (d document) wrongInParts(value, schema any, pointer string, partOf []uintptr) (at, problem string) {
	all, _ := d.at(schema, "allOf").([]any)
	for _, part := range all {
		if at, problem := d.wrongIntegerOf(value, part, pointer, partOf); problem != "" {
			return at, problem
		}
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		variants, _ := d.at(schema, key).([]any)
		for _, variant := range variants {
			if at, problem = d.wrongIntegerOf(value, variant, pointer, partOf); problem == "" {
				break
			}
		}
		if problem != "" {
			return at, problem
		}
	}
	return "", ""
}

func (d document) isInteger(schema any) bool {
	kind := d.at(schema, "type")
	list, _ := kind.([]any) // OpenAPI 3.1
	return kind == openapi3.TypeInteger || slices.Contains(list, any(openapi3.TypeInteger)) && !slices.Contains(list, any(openapi3.TypeNumber))
}

// outside says why a number is not an integer that the schema allows, or "".
func (d document) outside(n json.Number, schema any) string {
	have, ok := new(big.Rat).SetString(n.String())
	if !ok || !have.IsInt() {
		return "value must be an integer"
	}
	lowest, highest := d.at(schema, "minimum"), d.at(schema, "maximum")
	bounds := []struct {
		limit any
		sign  int // of a number beyond the limit, compared with it
		text  string
	}{{lowest, -1, "least"}, {highest, 1, "most"}}
	for _, bound := range bounds {
		if bound.limit == nil {
			continue
		}
		if limit, ok := new(big.Rat).SetString(fmt.Sprint(bound.limit)); ok && have.Cmp(limit) == bound.sign {
			return fmt.Sprintf("number must be at %s %v", bound.text, bound.limit)
		}
	}
	if d.at(schema, "format") == "int64" && !have.Num().IsInt64() {
		return "number does not fit into 64 bits"
	}
	return ""
}
