package products

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"

	fc "github.com/alibabacloud-go/fc-20230330/v4/client"
	"github.com/alibabacloud-go/tea-utils/v2/service"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

// fcClient calls operations with the official SDK of Function Compute.
type fcClient struct{ client *fc.Client }

func newFC(t *testing.T, rec *recorder) *fcClient {
	t.Helper()
	client, err := fc.NewClient(officialConfig(rec))
	require.NoError(t, err)
	return &fcClient{client}
}

func (c *fcClient) method(op *operation) reflect.Value {
	return reflect.ValueOf(c.client).MethodByName(op.name + "WithOptions")
}

func (c *fcClient) knows(op *operation) bool { return c.method(op).IsValid() }

// common returns what the SDK knows of an input: it is older than our description of the product.
func (c *fcClient) common(t *testing.T, op *operation, in input) input {
	t.Helper()
	known := input{label: in.label, params: make(map[string]any), hasBody: in.hasBody, body: in.body}
	members := make(map[string]any)
	for typ := range c.method(op).Type().Ins() {
		if isModel(typ) {
			data, err := json.Marshal(c.model(t, typ, op, in))
			require.NoError(t, err)
			require.NoError(t, unmarshal(data, &members))
		}
	}
	withoutNull(members)
	for _, param := range op.params {
		value, ok := members[param.Name]
		if param.In == openapi3.ParameterInPath {
			value, ok = in.params[param.Name]
		}
		if ok {
			known.params[param.Name] = value
		}
	}
	if in.hasBody && !op.binary() {
		known.body = members["body"]
	}
	return known
}

func (c *fcClient) call(t *testing.T, op *operation, in input) {
	t.Helper()
	names := strings.Split(op.path, "{")[1:] // each starts with the name of a parameter
	var args []reflect.Value
	typ := c.method(op).Type()
	for i := range typ.NumIn() {
		switch arg := typ.In(i); {
		case arg == reflect.TypeFor[*string]():
			name, _, _ := strings.Cut(names[i], "}")
			text, _ := in.params[name].(string)
			args = append(args, reflect.ValueOf(&text))
		case arg == reflect.TypeFor[map[string]*string]():
			args = append(args, reflect.ValueOf(map[string]*string{}))
		case arg == reflect.TypeFor[*service.RuntimeOptions]():
			args = append(args, reflect.ValueOf(new(service.RuntimeOptions)))
		default:
			args = append(args, reflect.ValueOf(c.model(t, arg, op, in)))
		}
	}
	results := c.method(op).Call(args)
	err, _ := reflect.TypeAssert[error](results[1])
	require.NoError(t, err, "the SDK of Function Compute got an error")
}

// isModel tells the types of requests and of headers.
func isModel(typ reflect.Type) bool {
	return typ.Kind() == reflect.Pointer && typ.Elem().Kind() == reflect.Struct && typ != reflect.TypeFor[*service.RuntimeOptions]()
}

// model fills a request or the headers of one.
func (c *fcClient) model(t *testing.T, typ reflect.Type, op *operation, in input) any {
	t.Helper()
	members := maps.Clone(in.params)
	if in.hasBody && !op.binary() {
		members["body"] = in.body
	}
	data, err := json.Marshal(members)
	require.NoError(t, err)
	model := reflect.New(typ.Elem())
	require.NoError(t, json.Unmarshal(data, model.Interface()))
	if request, ok := reflect.TypeAssert[*fc.InvokeFunctionRequest](model); ok && in.hasBody {
		body, _ := in.body.([]byte)
		request.Body = bytes.NewReader(body)
	}
	return model.Interface()
}

// unmarshal keeps numbers as they are written.
func unmarshal(data []byte, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder.Decode(target)
}

// withoutNull removes what a model writes for members that are not set.
func withoutNull(value any) {
	switch v := value.(type) {
	case map[string]any:
		maps.DeleteFunc(v, func(_ string, member any) bool { return member == nil })
		for _, member := range v {
			withoutNull(member)
		}
	case []any:
		for _, item := range v {
			withoutNull(item)
		}
	}
}
