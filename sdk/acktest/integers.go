package acktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// An input is a parameter or the body of an operation, for comparing the integers in it with the spec. kin-openapi compares them as float64
// and would take 9007199254740993 where at most 9007199254740992 is allowed.
type input struct {
	name   string // such as query parameter "size"
	schema any
	read   func(q *received, params map[string]string) any
}

// inputs returns the parameters and the body of an operation.
func (d document) inputs(item, def any) []input {
	var out []input
	for _, param := range d.parameters(item, def) {
		out = append(out, d.parameter(param))
	}
	return append(out, input{
		name: "request body", schema: d.at(def, "requestBody", "content", jsonType, "schema"),
		read: func(q *received, _ map[string]string) any { return jsonOrNil(q.body) },
	})
}

// parameters returns those of a path and then those of an operation.
func (d document) parameters(item, def any) []any {
	ofItem, _ := d.at(item, "parameters").([]any)
	ofDef, _ := d.at(def, "parameters").([]any)
	return slices.Concat(ofItem, ofDef)
}

func (d document) parameter(param any) input {
	name, in := fmt.Sprint(d.at(param, "name")), d.at(param, "in")
	text := func(q *received, params map[string]string) string {
		if in == "path" {
			return params[name]
		}
		return q.query.Get(name)
	}
	out := input{name: fmt.Sprintf("%s parameter %q", in, name), schema: d.at(param, "schema")}
	switch d.at(out.schema, "type") {
	case nil:
		out.schema = d.at(param, "content", jsonType, "schema")
		out.read = func(q *received, params map[string]string) any { return jsonOrNil([]byte(text(q, params))) }
	case "array":
		out.read = func(q *received, params map[string]string) any {
			var list []any
			for item := range strings.SplitSeq(text(q, params), ",") {
				list = append(list, json.Number(item))
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
func (op *operation) checkIntegers(q *received, params map[string]string) *fault {
	for _, in := range op.inputs {
		if at, problem := op.doc.wrongInteger(in.read(q, params), in.schema, ""); problem != "" {
			where := in.name
			if at != "" {
				where += " at " + at
			}
			return badRequest("InvalidParameter", "%s: %s", where, problem)
		}
	}
	return nil
}

// wrongInteger returns the JSON pointer of the first integer in a value that its schema does not allow, and why.
func (d document) wrongInteger(value, schema any, pointer string) (at, problem string) {
	switch v := value.(type) {
	case json.Number:
		if v != "" && d.at(schema, "type") == "integer" {
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
