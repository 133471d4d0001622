package acktest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestEveryOperation sends the example request of each operation through the generated client and compares what arrives, and what comes
// back, with the spec.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	api, err := bundled()
	require.NoError(t, err)
	methods := reflect.TypeFor[ack.API]()
	for m := range methods.Methods() {
		assert.NotNil(t, api.Operation(calledOperation(m)), "the client has a method %s for no operation", m.Name)
	}
	for _, op := range api.Operations() {
		name := op.Name
		method, ok := methods.MethodByName(name)
		require.True(t, ok, "the client has no method %s", name)
		for example, body := range exampleBodies(op) {
			for signature, suffix := range map[roa.Signature]string{roa.ACS3HMACSHA256: "ACS3", roa.ROAHMACSHA1: "ROA"} {
				t.Run(name+" "+example+" "+suffix, func(t *testing.T) {
					t.Parallel()
					srv := NewServer(t, WithExamples(), WithCredentials("sts-id", "sts-secret", "sts-token"))
					in := exampleRequest(t, op, body, method.Type.In(1).Elem())
					accept := new(acceptRecorder)
					client := reflect.ValueOf(srv.Client(t, roa.WithSignature(signature), roa.WithMiddleware(accept.around)))
					results := client.MethodByName(name).Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
					callErr, _ := reflect.TypeAssert[error](results[1])
					require.NoError(t, callErr)
					checkArrived(t, srv, op, body)
					accept.check(t, op)
					checkResponse(t, srv, op, results[0].Elem())
				})
			}
		}
	}
}

// calledOperation returns the operation that a method calls, also one for pages, a
// state or a task: its request is named after it.
func calledOperation(m reflect.Method) string {
	return strings.TrimSuffix(m.Type.In(1).Elem().Name(), "Request")
}

// acceptRecorder is a layer that remembers which media types a request accepts.
type acceptRecorder struct {
	http.RoundTripper

	value string
}

func (a *acceptRecorder) around(next http.RoundTripper) http.RoundTripper {
	a.RoundTripper = next
	return a
}

func (a *acceptRecorder) RoundTrip(req *http.Request) (*http.Response, error) {
	a.value = req.Header.Get("Accept")
	return a.RoundTripper.RoundTrip(req)
}

// check demands everything that the operation declares, first what success has.
func (a *acceptRecorder) check(t *testing.T, op *gateway.Operation) {
	t.Helper()
	for _, response := range op.Definition().Responses.Map() {
		for mediaType := range response.Value.Content {
			assert.Contains(t, a.value, mediaType)
		}
	}
	for mediaType := range op.Definition().Responses.Status(op.Example.Status).Value.Content {
		assert.True(t, strings.HasPrefix(a.value, mediaType), "%s does not begin with %s", a.value, mediaType)
	}
}

// exampleBodies returns the body examples of an operation by name, and one nil without a name when it takes no body.
func exampleBodies(op *gateway.Operation) map[string]any {
	media := bodyOf(op)
	if media == nil {
		return map[string]any{"": nil}
	}
	bodies := make(map[string]any)
	for name, ref := range media.Examples {
		bodies[name] = ref.Value.Value
	}
	if len(bodies) == 0 {
		bodies[""] = media.Example
	}
	return bodies
}

// bodyOf returns the definition of the body of an operation, nil when it takes none.
func bodyOf(op *gateway.Operation) *openapi3.MediaType {
	if op.Definition().RequestBody == nil {
		return nil
	}
	return op.Definition().RequestBody.Value.Content.Get("application/json")
}

// exampleRequest fills a request struct from a body and the examples of the parameters.
func exampleRequest(t *testing.T, op *gateway.Operation, body any, typ reflect.Type) reflect.Value {
	t.Helper()
	in := reflect.New(typ)
	if body != nil {
		target := in.Interface()
		if field := in.Elem().FieldByName("Items"); field.IsValid() && bodyOf(op).Schema.Value.Type.Is(openapi3.TypeArray) {
			target = field.Addr().Interface()
		}
		fill(t, target, body)
	}
	for _, param := range parameters(op) {
		field := fieldOf(in.Elem(), param.Name)
		require.True(t, field.IsValid(), "%s has no field for parameter %s", typ, param.Name)
		example, ok := exampleOf(param)
		require.True(t, ok, "parameter %s has no example", param.Name)
		fill(t, field.Addr().Interface(), example)
	}
	return in
}

func parameters(op *gateway.Operation) []*openapi3.Parameter {
	var all []*openapi3.Parameter
	for _, ref := range op.Definition().Parameters {
		all = append(all, ref.Value)
	}
	return all
}

func exampleOf(param *openapi3.Parameter) (any, bool) {
	switch {
	case param.Example != nil:
		return param.Example, true
	case param.Content != nil:
		example := param.Content.Get("application/json").Example
		return example, example != nil
	default:
		return param.Schema.Value.Example, param.Schema.Value.Example != nil
	}
}

func fill(t *testing.T, target, example any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(encode(t, example), target))
}

// fieldOf finds the field of a parameter: names are equal but for case and punctuation.
func fieldOf(in reflect.Value, name string) reflect.Value {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
	return in.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, plain) })
}

// checkArrived compares what the server got with the examples the request was made of.
func checkArrived(t *testing.T, srv *Server, op *gateway.Operation, body any) {
	t.Helper()
	requests := srv.Requests()
	require.Len(t, requests, 1)
	got := requests[0]
	assert.Equal(t, []any{op.Name, op.Method, op.Example.Status, ""}, []any{got.Operation, got.Method, got.Status, got.ErrorCode})
	path, query := op.Path, url.Values{}
	for _, param := range parameters(op) {
		example, _ := exampleOf(param)
		switch {
		case param.In == openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+param.Name+"}", url.PathEscape(fmt.Sprint(example)))
		case param.Content != nil:
			assert.JSONEq(t, string(encode(t, example)), got.Query.Get(param.Name), param.Name)
			query[param.Name] = got.Query[param.Name]
		default:
			query.Set(param.Name, plainText(example))
		}
	}
	assert.Equal(t, path, got.Path)
	if len(query) > 0 || len(got.Query) > 0 {
		assert.Equal(t, query, got.Query)
	}
	if body != nil {
		want := gateway.Redact(decode(t, encode(t, body)), bodyOf(op).Schema)
		dropFilledToken(t, want, got.Body)
		assert.Equal(t, want, got.Body)
	}
}

// dropFilledToken takes the token out of a body that the client added to one
// without.
func dropFilledToken(t *testing.T, want, got any) {
	t.Helper()
	asked, _ := want.(map[string]any)
	sent, _ := got.(map[string]any)
	for _, name := range []string{"client_token", "clientToken"} {
		if _, given := asked[name]; given {
			continue
		}
		if token, filled := sent[name]; filled {
			assert.NotEmpty(t, token)
			delete(sent, name)
		}
	}
}

func plainText(example any) string {
	list, ok := example.([]any)
	if !ok {
		return fmt.Sprint(example)
	}
	parts := make([]string, len(list))
	for i, item := range list {
		parts[i] = fmt.Sprint(item)
	}
	return strings.Join(parts, ",")
}

// checkResponse compares the decoded response with the example that was sent.
func checkResponse(t *testing.T, srv *Server, op *gateway.Operation, out reflect.Value) {
	t.Helper()
	metadata, ok := reflect.TypeAssert[roa.Metadata](out.FieldByName("Metadata"))
	require.True(t, ok)
	assert.Equal(t, op.Example.Status, metadata.StatusCode)
	assert.Equal(t, srv.Requests()[0].RequestID, metadata.RequestID)
	if op.Example.Body == "" {
		return
	}
	if text := out.FieldByName("Text"); text.IsValid() {
		assert.True(t, op.Example.Body == text.String(), "the text differs")
		return
	}
	value := out.Interface()
	for _, name := range []string{"Items", "Entries"} {
		if field := out.FieldByName(name); field.IsValid() && strings.Contains(string(out.Type().Field(0).Tag), `json:"-"`) {
			value = field.Interface()
		}
	}
	checkValue(t, "", decode(t, []byte(op.Example.Body)), decode(t, encode(t, value)))
}

func encode(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return text
}

// decode decodes JSON and keeps numbers exact.
func decode(t *testing.T, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	require.NoError(t, decoder.Decode(&value))
	return value
}

// checkValue demands that got holds all of want. Zero values may be missing, since models leave them out, and secrets print masked.
func checkValue(t *testing.T, path string, want, got any) {
	t.Helper()
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		require.True(t, ok || len(w) == 0, "%s is not an object", path)
		for name, item := range w {
			checkValue(t, path+"/"+name, item, g[name])
		}
	case []any:
		g, ok := got.([]any)
		require.True(t, ok || len(w) == 0, "%s is not an array", path)
		require.Len(t, g, len(w), path)
		for i, item := range w {
			checkValue(t, fmt.Sprint(path, "/", i), item, g[i])
		}
	default:
		zero := want == nil || want == "" || want == false || want == json.Number("0")
		same := want == got || zero && got == nil || got == gateway.Redacted
		assert.True(t, same, "%s differs", path)
	}
}

func TestClientSeesRefusals(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples())
	client := srv.Client(t, roa.WithCredentials(roa.StaticCredentials("other", "secret", "")))
	_, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	var apiErr *roa.APIError
	require.ErrorAs(t, err, &apiErr)
	assert.Equal(t, "InvalidAccessKeyId.NotFound", apiErr.Code)
	assert.Equal(t, srv.Requests()[0].RequestID, apiErr.RequestID)

	srv.Respond("DescribeTaskInfo", Response{Status: 404, Body: `{"code":"ErrorTaskNotFound","message":"task not found"}`})
	_, err = srv.Client(t).DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	assert.ErrorIs(t, err, roa.ErrNotFound)
	out, err := srv.Client(t).DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "a/b ?#%"})
	require.NoError(t, err)
	assert.NotEmpty(t, out.TaskID)
	assert.Equal(t, "/tasks/a%2Fb%20%3F%23%25", srv.Requests()[2].Path)
}

func TestRandomCredentials(t *testing.T) {
	t.Parallel()
	one, two := NewServer(t, WithExamples()), NewServer(t, WithExamples())
	client := one.Client(t, roa.WithEndpoint(two.URL))
	_, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	var apiErr *roa.APIError
	require.ErrorAs(t, err, &apiErr)
	assert.Equal(t, "InvalidAccessKeyId.NotFound", apiErr.Code)
}

// A diagnosis is over with one status, whether it could be carried out or not.
func TestDiagnosisThatFailed(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples())
	srv.Respond("GetClusterDiagnosisResult", Response{Body: `{"status":2,"code":1,"message":"the node does not answer"}`})
	in := &ack.GetClusterDiagnosisResultRequest{ClusterID: "c1", DiagnosisID: "d1"}
	out, err := srv.Client(t).WaitDiagnosisFinished(t.Context(), in)
	failed, ok := errors.AsType[*roa.TaskError](err)
	require.True(t, ok, "got %v", err)
	assert.Equal(t, []string{"1", "the node does not answer"}, []string{failed.Code, failed.Message})
	assert.EqualValues(t, 2, out.Status)

	out, err = srv.Client(t).WaitDiagnosisFinished(t.Context(), in)
	require.NoError(t, err)
	assert.EqualValues(t, 0, out.Code)
}
