package products

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	official "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

// officialConfig sends the requests of an official client to the recorder.
func officialConfig(rec *recorder) *openapiutil.Config {
	host := strings.TrimPrefix(rec.URL, "http://")
	return &openapiutil.Config{
		AccessKeyId:     new("products-id"),
		AccessKeySecret: new("products-secret"),
		RegionId:        new("cn-beijing"),
		Endpoint:        new(host),
		Protocol:        new("http"),
		NoProxy:         new(host),
	}
}

// runtimeClient calls any operation of a product with the generic part of the official runtime.
type runtimeClient struct {
	rec     *recorder
	product *product
}

func (*runtimeClient) knows(*operation) bool { return true }

func (*runtimeClient) common(_ *testing.T, _ *operation, in input) input { return in }

// call makes a call with the official runtime, and does what the official generated clients do around it: escape
// the path, flatten the query, and hand over the body as a map.
func (c *runtimeClient) call(t *testing.T, op *operation, in input) {
	t.Helper()
	client, err := official.NewClient(officialConfig(c.rec))
	require.NoError(t, err)
	params := &openapiutil.Params{
		Action:      new(op.name),
		Version:     new(c.product.version),
		Protocol:    new("HTTPS"),
		Pathname:    new(officialPath(op, in)),
		Method:      new(op.method),
		AuthType:    new("AK"),
		Style:       new("ROA"),
		ReqBodyType: new("json"),
		BodyType:    new(bodyType(op)),
	}
	request := &openapiutil.OpenApiRequest{Headers: map[string]*string{}}
	query := make(map[string]any)
	for _, param := range op.params {
		value, ok := in.params[param.Name]
		switch {
		case !ok:
		case param.In == openapi3.ParameterInHeader:
			request.Headers[param.Name] = new(fmt.Sprint(value))
		case param.In == openapi3.ParameterInQuery && isJSON(param):
			query[param.Name] = dara.StringValue(openapiutil.ArrayToStringWithSpecifiedStyle(value, new(param.Name), new("json")))
		case param.In == openapi3.ParameterInQuery:
			query[param.Name] = value
		}
	}
	if len(query) > 0 {
		request.Query = openapiutil.Query(query)
	}
	if in.hasBody {
		setBody(params, request, op, in)
	}
	_, err = client.CallApi(params, request, &dara.RuntimeOptions{})
	require.NoError(t, err, "the official runtime got an error")
}

func setBody(params *openapiutil.Params, request *openapiutil.OpenApiRequest, op *operation, in input) {
	switch op.mediaType {
	case "application/octet-stream":
		data, _ := in.body.([]byte)
		request.Stream = bytes.NewReader(data)
	case "application/x-www-form-urlencoded":
		params.ReqBodyType = new("formData")
		request.Body = openapiutil.ParseToMap(in.body)
	default:
		request.Body = openapiutil.ParseToMap(in.body)
	}
}

// officialPath escapes the path as the official generated clients have it in their code: values, and colons of the path itself.
func officialPath(op *operation, in input) string {
	path := strings.ReplaceAll(op.path, ":", "%3A")
	for _, param := range op.params {
		if param.In == openapi3.ParameterInPath {
			path = strings.ReplaceAll(path, "{"+param.Name+"}", dara.PercentEncode(fmt.Sprint(in.params[param.Name])))
		}
	}
	return path
}

// bodyType is what the official clients call the form of a response.
func bodyType(op *operation) string {
	switch op.response {
	case "":
		return "none"
	case "application/json":
		return "json"
	default:
		return "binary"
	}
}
