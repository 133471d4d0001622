package gateway

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestProducts calls every operation of products that have no example in their documents, with requests that are samples, too, and demands
// that every response is one of its schema. The documents are read again for that: the server loosens its own.
func TestProducts(t *testing.T) {
	t.Parallel()
	for product, operations := range map[string]int{"sae": 152, "fc": 73, "ververica": 92} {
		t.Run(product, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "testdata", "products", product+".yaml"))
			require.NoError(t, err)
			srv := serve(t, text)
			assert.Len(t, srv.handler.Spec.operations, operations)
			doc, err := openapi3.NewLoader().LoadFromData(text)
			require.NoError(t, err)
			for path, item := range doc.Paths.Map() {
				for method, def := range item.Operations() {
					op := srv.handler.Spec.operations[def.OperationID]
					require.NotNil(t, op, def.OperationID)
					assert.Equal(t, []string{method, path}, []string{op.Method, op.Path})
					for _, roa := range []bool{false, true} {
						out := sampleCall(t, op, doc.Info.Version, roa).do(t, srv)
						require.Less(t, out.status, 300, "%s: %s", def.OperationID, out.message)
						checkSample(t, def, out)
					}
				}
			}
		})
	}
}

// sampleCall returns a call of an operation with everything that it demands.
func sampleCall(t *testing.T, op *Operation, version string, roa bool) call {
	t.Helper()
	c := call{method: op.Method, path: placeholder.ReplaceAllString(op.Path, "1"), action: op.Name, query: url.Values{}, roa: roa}
	headers := map[string]string{"X-Acs-Version": version}
	for _, param := range parameters(op) {
		switch {
		case !param.Required:
		case param.In == openapi3.ParameterInQuery:
			c.query[param.Name] = []string{sampleParameter(t, op, param)}
		case param.In == openapi3.ParameterInHeader:
			headers[param.Name] = sampleParameter(t, op, param)
		}
	}
	if op.requestBody != nil {
		mediaType := preferredType(op.requestBody.Content)
		headers["Content-Type"] = mediaType
		c.body = sampleBody(t, op, mediaType)
	}
	c.before = func(h http.Header) {
		for name, value := range headers {
			h.Set(name, value)
		}
	}
	return c
}

func sampleParameter(t *testing.T, op *Operation, param *openapi3.Parameter) string {
	t.Helper()
	for _, in := range op.inputs {
		if in.name == fmt.Sprintf("%s parameter %q", param.In, param.Name) {
			value, ok := op.doc.sample(in.schema, func(any) bool { return true })
			require.True(t, ok)
			if list, isList := value.([]any); isList && op.query[param.Name].spread == eachItem {
				value = list[0]
			}
			if text, isText := value.(string); isText {
				return text
			}
			text, err := marshalJSON(value)
			require.NoError(t, err)
			return text
		}
	}
	t.Fatalf("%s has no parameter %s", op.Name, param.Name)
	return ""
}

func sampleBody(t *testing.T, op *Operation, mediaType string) string {
	t.Helper()
	value, ok := op.doc.sample(op.doc.at(op.raw, "requestBody", "content", mediaType, "schema"), func(any) bool { return true })
	require.True(t, ok, op.Name)
	text, err := marshalJSON(value)
	require.NoError(t, err)
	fields, _ := value.(map[string]any)
	if mediaType != formType {
		return text
	}
	form := make(url.Values)
	for name, field := range fields {
		form.Set(name, fmt.Sprint(field))
		if _, isText := field.(string); !isText {
			text, err := marshalJSON(field)
			require.NoError(t, err)
			form.Set(name, text)
		}
	}
	return form.Encode()
}

// checkSample compares a response with the definition of its operation.
func checkSample(t *testing.T, def *openapi3.Operation, out outcome) {
	t.Helper()
	ref := def.Responses.Status(out.status)
	require.NotNil(t, ref, def.OperationID)
	if len(ref.Value.Content) == 0 {
		assert.Empty(t, out.body, def.OperationID)
		return
	}
	sent, _, err := mime.ParseMediaType(out.header.Get("Content-Type"))
	require.NoError(t, err, def.OperationID)
	media := ref.Value.Content.Get(sent)
	require.NotNil(t, media, "%s: %s", def.OperationID, sent)
	assert.NotEmpty(t, out.body, def.OperationID)
	if sent != jsonType || media.Schema == nil {
		return
	}
	value, err := parseJSON([]byte(out.body))
	require.NoError(t, err, def.OperationID)
	assert.NoError(t, media.Schema.Value.VisitJSON(value, openapi3.VisitAsResponse()), def.OperationID)
}

func parameters(op *Operation) []*openapi3.Parameter {
	var all []*openapi3.Parameter
	for _, ref := range op.route.Operation.Parameters {
		all = append(all, ref.Value)
	}
	return all
}
