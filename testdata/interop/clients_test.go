package interop

import (
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	official "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A caller sends one operation, and returns the status of the response.
type caller func(t *testing.T, op *operation, in input) int

// officialClient returns a caller of the official runtime, for which every error is one too much.
func officialClient(t *testing.T, rec *recorder, version string, m mode) caller {
	t.Helper()
	call := officialRuntimeOf(t, rec, version, m)
	return func(t *testing.T, op *operation, in input) int {
		t.Helper()
		result, err := call(op, in)
		require.NoError(t, err, "the official runtime got an error")
		return statusOf(t, result)
	}
}

// statusOf returns the status in what the official runtime returns.
func statusOf(t *testing.T, result map[string]any) int {
	t.Helper()
	status, ok := result["statusCode"].(json.Number)
	if !ok {
		return http.StatusNoContent // the one response whose status the runtime does not return
	}
	code, err := status.Int64()
	require.NoError(t, err)
	return int(code)
}

// officialRuntimeOf returns the official runtime as it is: its own HTTP client and transport, with nothing but the certificate of the
// recorder added. It does what the official generated client does around the runtime: escape the path, flatten the query, and hand over the
// body as a map or a list.
func officialRuntimeOf(t *testing.T, rec *recorder, version string, m mode) func(op *operation, in input) (map[string]any, error) {
	t.Helper()
	host := strings.TrimPrefix(rec.URL, "https://")
	config := &openapiutil.Config{
		AccessKeyId:     new(m.id),
		AccessKeySecret: new(m.secret),
		RegionId:        new(region),
		Endpoint:        new(host),
		Protocol:        new("https"),
		Ca:              new(certificate(rec)),
		NoProxy:         new(host),
		ConnectTimeout:  new(10_000),
		ReadTimeout:     new(10_000),
	}
	if m.token != "" {
		config.SecurityToken = new(m.token)
	}
	if m.signature == roa.ROAHMACSHA1 {
		config.SignatureAlgorithm = new("v2")
	}
	client, err := official.NewClient(config)
	require.NoError(t, err)
	return func(op *operation, in input) (map[string]any, error) {
		params := &openapiutil.Params{
			Action:      new(op.name),
			Version:     new(version),
			Protocol:    new("HTTPS"),
			Pathname:    new(officialPath(op, in)),
			Method:      new(op.method),
			AuthType:    new("AK"),
			Style:       new("ROA"),
			ReqBodyType: new("json"),
			BodyType:    new(op.bodyType),
		}
		request := &openapiutil.OpenApiRequest{Headers: map[string]*string{}}
		if query := officialQuery(op, in); len(query) > 0 {
			request.Query = openapiutil.Query(query)
		}
		if in.hasBody {
			request.Body = officialBody(in.body)
		}
		return client.CallApi(params, request, &dara.RuntimeOptions{})
	}
}

func certificate(rec *recorder) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rec.Certificate().Raw}))
}

func officialPath(op *operation, in input) string {
	path := op.path
	for _, param := range op.params {
		if param.In == openapi3.ParameterInPath {
			path = strings.ReplaceAll(path, "{"+param.Name+"}", dara.PercentEncode(fmt.Sprint(in.params[param.Name])))
		}
	}
	return path
}

func officialQuery(op *operation, in input) map[string]any {
	query := make(map[string]any)
	for _, param := range op.params {
		value, ok := in.params[param.Name]
		if param.In != openapi3.ParameterInQuery || !ok {
			continue
		}
		style := "json"
		if param.Content == nil {
			style = "simple"
		}
		if _, list := value.([]any); list || param.Content != nil {
			value = officialText(value, param.Name, style)
		}
		query[param.Name] = value
	}
	return query
}

func officialText(value any, name, style string) string {
	return dara.StringValue(openapiutil.ArrayToStringWithSpecifiedStyle(value, new(name), new(style)))
}

func officialBody(body any) any {
	switch value := body.(type) {
	case map[string]any:
		return openapiutil.ParseToMap(value)
	case []any:
		if list := openapiutil.ToArray(value); list != nil {
			return list
		}
	}
	return body
}

// generatedClient returns a caller of the generated client.
func generatedClient(t *testing.T, rec *recorder, m mode) caller {
	t.Helper()
	client, err := ack.New(
		roa.WithEndpoint(rec.URL),
		roa.WithRegion(region),
		roa.WithCredentials(roa.StaticCredentials(m.id, m.secret, m.token)),
		roa.WithSignature(m.signature),
		roa.WithHTTPClient(rec.Client()),
	)
	require.NoError(t, err)
	return func(t *testing.T, op *operation, in input) int {
		t.Helper()
		method, ok := reflect.TypeFor[ack.API]().MethodByName(op.name)
		require.True(t, ok, "the generated client has no method %s", op.name)
		args := []reflect.Value{reflect.ValueOf(t.Context()), request(t, op, in, method.Type.In(1).Elem())}
		results := reflect.ValueOf(client).MethodByName(op.name).Call(args)
		callErr, _ := reflect.TypeAssert[error](results[1])
		require.NoError(t, callErr, "the generated client got an error")
		metadata, ok := reflect.TypeAssert[roa.Metadata](results[0].Elem().FieldByName("Metadata"))
		require.True(t, ok)
		return metadata.StatusCode
	}
}

// request fills a request struct of the generated client.
func request(t *testing.T, op *operation, in input, typ reflect.Type) reflect.Value {
	t.Helper()
	req := reflect.New(typ)
	if in.hasBody {
		target := req.Interface()
		if items := req.Elem().FieldByName("Items"); items.IsValid() && op.body.Schema.Value.Type.Is(openapi3.TypeArray) {
			target = items.Addr().Interface()
		}
		fill(t, target, in.body)
	}
	for _, param := range op.params {
		value, ok := in.params[param.Name]
		if !ok {
			continue
		}
		name := plainName(param.Name)
		field := req.Elem().FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, name) })
		require.True(t, field.IsValid(), "%s has no field for parameter %s", typ, param.Name)
		fill(t, field.Addr().Interface(), value)
	}
	return req
}

func fill(t *testing.T, target, value any) {
	t.Helper()
	data, err := json.Marshal(value)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, target))
}
