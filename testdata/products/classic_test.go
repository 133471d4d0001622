package products

import (
	"encoding/json"
	"fmt"
	"net"
	"reflect"
	"strings"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/sae"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

// classicClient calls operations of SAE with the official SDK of the generation before the runtime.
type classicClient struct {
	client *sae.Client
	host   string
	port   string
	make   map[string]reflect.Value // constructors of requests by operation
}

func newClassic(t *testing.T, rec *recorder) *classicClient {
	t.Helper()
	client, err := sae.NewClientWithAccessKey("cn-beijing", "products-id", "products-secret")
	require.NoError(t, err)
	host, port, err := net.SplitHostPort(strings.TrimPrefix(rec.URL, "http://"))
	require.NoError(t, err)
	c := &classicClient{client: client, host: host, port: port, make: make(map[string]reflect.Value)}
	for _, constructor := range classicRequests {
		value := reflect.ValueOf(constructor)
		c.make[strings.TrimSuffix(value.Type().Out(0).Elem().Name(), "Request")] = value
	}
	return c
}

func (c *classicClient) knows(op *operation) bool { return c.make[op.name].IsValid() }

// fields returns the fields of a request by the wire name of what they hold.
func (c *classicClient) fields(op *operation) map[string]reflect.StructField {
	fields := make(map[string]reflect.StructField)
	typ := c.make[op.name].Type().Out(0).Elem()
	for field := range typ.Fields() {
		if name := field.Tag.Get("name"); name != "" {
			fields[name] = field
		}
	}
	return fields
}

// common returns what the SDK knows of an input: it is older than our description of the product. Path parameters get values that need no
// escaping, since the SDK does not escape them and sends what no server can take apart.
func (c *classicClient) common(_ *testing.T, op *operation, in input) input {
	known := input{label: in.label, params: make(map[string]any), hasBody: in.hasBody}
	fields := c.fields(op)
	for _, param := range op.params {
		value, ok := in.params[param.Name]
		if _, has := fields[param.Name]; !ok || !has {
			continue
		}
		if param.In == openapi3.ParameterInPath {
			value = "plain-" + param.Name
		}
		known.params[param.Name] = value
	}
	if body, ok := in.body.(map[string]any); ok {
		object := make(map[string]any)
		for name, value := range body {
			if _, has := fields[name]; has {
				object[name] = value
			}
		}
		known.body = object
	}
	return known
}

func (c *classicClient) call(t *testing.T, op *operation, in input) {
	t.Helper()
	request := c.make[op.name].Call(nil)[0]
	for name, field := range c.fields(op) {
		value, ok := in.params[name]
		if body, is := in.body.(map[string]any); is && !ok {
			value, ok = body[name]
		}
		if ok {
			request.Elem().FieldByIndex(field.Index).SetString(classicText(t, value))
		}
	}
	acs, ok := reflect.TypeAssert[requests.AcsRequest](request)
	require.True(t, ok)
	acs.SetDomain(c.host)
	acs.SetScheme("HTTP")
	request.Elem().FieldByName("Port").SetString(c.port)
	results := reflect.ValueOf(c.client).MethodByName(op.name).Call([]reflect.Value{request})
	err, _ := reflect.TypeAssert[error](results[1])
	require.NoError(t, err, "the classic SDK got an error")
}

// classicText is how programs write a value for the SDK, whose fields are all text: what is no scalar as JSON.
func classicText(t *testing.T, value any) string {
	t.Helper()
	switch value.(type) {
	case map[string]any, []any:
		data, err := json.Marshal(value)
		require.NoError(t, err)
		return string(data)
	default:
		return fmt.Sprint(value)
	}
}
