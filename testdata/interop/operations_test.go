package interop

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/spec"
)

const jsonType = "application/json"

// An operation is one operation of the bundle.
type operation struct {
	name, method, path string
	params             []*openapi3.Parameter
	body               *openapi3.MediaType // nil when it takes none
	bodyType           string              // what the official runtime calls the form of the response
	retry              string
	responses          *openapi3.Responses
}

// operations reads the bundle.
func operations(t *testing.T) (version string, all []*operation) {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(spec.Bundle())
	require.NoError(t, err)
	items := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(items)) {
		methods := items[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(methods)) {
			all = append(all, newOperation(t, path, method, items[path]))
		}
	}
	require.NotEmpty(t, all)
	return doc.Info.Version, all
}

func newOperation(t *testing.T, path, method string, item *openapi3.PathItem) *operation {
	t.Helper()
	def := item.GetOperation(method)
	require.NotEmpty(t, def.OperationID, "%s %s", method, path)
	op := &operation{name: def.OperationID, method: method, path: path, bodyType: bodyType(def), responses: def.Responses}
	for _, list := range []openapi3.Parameters{item.Parameters, def.Parameters} {
		for _, ref := range list {
			require.Contains(t, []string{openapi3.ParameterInPath, openapi3.ParameterInQuery}, ref.Value.In, "%s: %s", op.name, ref.Value.Name)
			op.params = append(op.params, ref.Value)
		}
	}
	if def.RequestBody != nil {
		op.body = def.RequestBody.Value.Content.Get(jsonType)
		require.NotNil(t, op.body, "%s: the body is not JSON", op.name)
	}
	op.retry, _ = def.Extensions["x-ack-retry"].(string)
	return op
}

// bodyType returns the word that the official clients pass to their runtime for the first successful response of an operation.
func bodyType(def *openapi3.Operation) string {
	for status := http.StatusOK; status < http.StatusMultipleChoices; status++ {
		ref := def.Responses.Status(status)
		if ref == nil {
			continue
		}
		media := ref.Value.Content.Get(jsonType)
		switch {
		case len(ref.Value.Content) == 0:
			return "none"
		case media == nil:
			return "string"
		case media.Schema.Value.Type.Is(openapi3.TypeArray):
			return "array"
		default:
			return "json"
		}
	}
	return "none"
}

// An input is what one call is made with: values by wire name, as encoding/json decodes them.
type input struct {
	label   string
	params  map[string]any
	body    any
	hasBody bool
}

// awkward holds what URLs treat specially, in the spots where a wrong escape shows.
const awkward = ` a b/c+d*e~f%20g&h=i?j#k;l:m@n$o!p'q"r(s)<t>[u]{v}|\w^x` + "`é世界🚀-_. "

// inputs returns the calls to compare: the examples of the spec, with each body example; the required parameters alone; and values that
// must be escaped.
func (op *operation) inputs(t *testing.T) []input {
	t.Helper()
	all, required, odd := make(map[string]any), make(map[string]any), make(map[string]any)
	for _, param := range op.params {
		example, ok := exampleOf(param)
		require.True(t, ok, "%s: parameter %s has no example", op.name, param.Name)
		all[param.Name] = example
		if param.Required {
			required[param.Name] = example
		}
		odd[param.Name] = makeAwkward(example, valueSchema(param))
	}
	bodies := op.bodies()
	first := bodies[slices.Min(slices.Collect(maps.Keys(bodies)))]
	hasBody := op.body != nil
	var list []input
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		list = append(list, input{label: strings.TrimSpace("example " + name), params: all, body: bodies[name], hasBody: hasBody})
	}
	if len(required) < len(all) {
		list = append(list, input{label: "required parameters", params: required, body: first, hasBody: hasBody})
	}
	if len(op.params) > 0 {
		list = append(list, input{label: "awkward parameters", params: odd, body: first, hasBody: hasBody})
	}
	if op.retry == "token" {
		for i := range list {
			list[i] = op.withToken(t, list[i])
		}
	}
	return list
}

// bodies returns the body examples by name, and one nil without a name when the operation takes no body.
func (op *operation) bodies() map[string]any {
	if op.body == nil {
		return map[string]any{"": nil}
	}
	bodies := make(map[string]any)
	for name, ref := range op.body.Examples {
		bodies[name] = ref.Value.Value
	}
	if len(bodies) == 0 {
		bodies[""] = op.body.Example
	}
	return bodies
}

// withToken sets the client token where the input has none. The generated client would make one up, and the official one does not, so
// without it the inputs would not be equal.
func (op *operation) withToken(t *testing.T, in input) input {
	t.Helper()
	const token = "0f6d1b7a-interop"
	for _, param := range op.params {
		if plainName(param.Name) == "clienttoken" {
			in.params = withDefault(in.params, param.Name, token)
			return in
		}
	}
	require.NotNil(t, op.body, "%s: there is no client token", op.name)
	for name := range op.body.Schema.Value.Properties {
		if plainName(name) == "clienttoken" {
			body, ok := in.body.(map[string]any)
			require.True(t, ok, "%s: the body is not an object", op.name)
			in.body = withDefault(body, name, token)
			return in
		}
	}
	require.Fail(t, "there is no client token", op.name)
	return in
}

// withDefault returns a copy of an object in which a member is set, if it was not before.
func withDefault(object map[string]any, name string, value any) map[string]any {
	if _, set := object[name]; set {
		return object
	}
	object = maps.Clone(object)
	object[name] = value
	return object
}

func exampleOf(param *openapi3.Parameter) (any, bool) {
	if param.Example != nil {
		return param.Example, true
	}
	if media := param.Content.Get(jsonType); media != nil {
		if media.Example != nil {
			return media.Example, true
		}
		for _, name := range slices.Sorted(maps.Keys(media.Examples)) {
			return media.Examples[name].Value.Value, true
		}
	}
	example := valueSchema(param).Example
	return example, example != nil
}

func valueSchema(param *openapi3.Parameter) *openapi3.Schema {
	if media := param.Content.Get(jsonType); media != nil {
		return media.Schema.Value
	}
	return param.Schema.Value
}

// makeAwkward replaces every text that may be any text.
func makeAwkward(example any, schema *openapi3.Schema) any {
	switch value := example.(type) {
	case string:
		if schema.Pattern != "" || schema.Format != "" || schema.MinLength > 0 || schema.MaxLength != nil || !schema.Type.Is(openapi3.TypeString) {
			return value
		}
		return awkward
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = makeAwkward(item, schema.Items.Value)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(value))
		for name, item := range value {
			if property := schema.Properties[name]; property != nil {
				item = makeAwkward(item, property.Value)
			}
			object[name] = item
		}
		return object
	default:
		return value
	}
}

// plainName is a name without case and punctuation: the wire name and the Go name of a parameter agree in it.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
