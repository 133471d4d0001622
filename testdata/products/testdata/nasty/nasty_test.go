// Package nastytest calls the client of nasty.yaml. The test copies it into the module that it generates.
package nastytest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/products/nasty"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/getkin/kin-openapi/openapi3"
	other "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const binary = "\x00\x01\xff binary \r\n"

// A call is one call of an operation, and what it must send.
type call struct {
	path, method string
	def          *openapi3.Operation
	full         bool
	seen         *sent
	srv          *acktest.Server
	client       reflect.Value
}

// sent is what went out last.
type sent struct {
	path, auth string
	body       []byte
}

func (s *sent) watch(next http.RoundTripper) http.RoundTripper {
	return trip(func(r *http.Request) (*http.Response, error) {
		*s = sent{path: r.URL.EscapedPath(), auth: r.Header.Get("Authorization")}
		if r.Body != nil {
			var err error
			if s.body, err = io.ReadAll(r.Body); err != nil {
				return nil, err
			}
			r.Body = io.NopCloser(bytes.NewReader(s.body))
		}
		return next.RoundTrip(r)
	})
}

type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestEveryOperation(t *testing.T) {
	text, err := os.ReadFile("spec.yaml")
	require.NoError(t, err)
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	srv := acktest.NewServer(t, acktest.WithSpec(text))
	calls := 0
	for _, signature := range []roa.Signature{roa.ACS3HMACSHA256, roa.ROAHMACSHA1} {
		seen := new(sent)
		client, err := nasty.New(append(srv.Options(), roa.WithSignature(signature), roa.WithMiddleware(seen.watch))...)
		require.NoError(t, err)
		for path, item := range doc.Paths.Map() {
			for method, def := range item.Operations() {
				for _, param := range item.Parameters {
					if def.Parameters.GetByInAndName(param.Value.In, param.Value.Name) == nil {
						def.Parameters = append(def.Parameters, param)
					}
				}
				for _, full := range []bool{true, false} {
					calls++
					c := call{path, method, def, full, seen, srv, reflect.ValueOf(client)}
					t.Run(fmt.Sprintf("%v %s %s full=%v", signature, method, path, full), c.check)
				}
			}
		}
	}
	assert.Equal(t, 4*15, calls)
}

// check makes the call and compares what arrived and what came back.
func (c call) check(t *testing.T) {
	before := len(c.srv.Requests())
	method := c.operation(t)
	request := reflect.New(method.Type().In(1).Elem())
	params := c.fill(t, request)
	body, hasBody := c.fillBody(t, request)
	results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), request})
	if err, _ := results[1].Interface().(error); err != nil {
		t.Fatal(err)
	}
	all := c.srv.Requests()
	require.Len(t, all, before+1)
	got := all[before]
	assert.Empty(t, got.ErrorCode)
	c.checkParams(t, got, params)
	switch {
	case !hasBody:
		assert.Empty(t, c.seen.body)
		assert.Nil(t, got.Body)
	case c.mediaType() == "application/octet-stream" || c.mediaType() == "application/xml":
		assert.Equal(t, binary, string(c.seen.body))
	case c.mediaType() == "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(c.seen.body))
		require.NoError(t, err)
		assert.Equal(t, form(t, body), values)
	default:
		equalJSON(t, body, c.seen.body)
		equalJSON(t, body, got.Body)
	}
	if anonymous := c.def.Security != nil && len(*c.def.Security) == 0; anonymous {
		assert.Empty(t, c.seen.auth)
	} else {
		assert.NotEmpty(t, c.seen.auth)
	}
	c.checkResponse(t, results[0])
}

// name returns the name of the operation in Go.
func (c call) name() string {
	names := map[string]string{
		"create-thing": "CreateThing", "delete_thing": "DeleteThing", "": "GetOpenByType", "error": "Error", "String": "StringOperation",
	}
	if name, ok := names[c.def.OperationID]; ok {
		return name
	}
	return c.def.OperationID
}

// operation returns the method of the operation.
func (c call) operation(t *testing.T) reflect.Value {
	method := c.client.MethodByName(c.name())
	require.True(t, method.IsValid(), "the client has no method %s", c.name())
	return method
}

// fill sets the fields of the parameters to their examples, and returns those.
func (c call) fill(t *testing.T, request reflect.Value) map[string]any {
	params := make(map[string]any)
	for _, ref := range c.def.Parameters {
		param, example := ref.Value, ref.Value.Example
		if media := param.Content.Get("application/json"); media != nil {
			example = media.Example
		}
		if param.In == "cookie" || !c.full && !param.Required {
			continue
		}
		place := param.In + "=" + param.Name
		params[place] = example
		field := fieldOf(request.Elem(), place)
		require.True(t, field.IsValid(), "no field for %s", place)
		decode(t, marshal(t, example), field.Addr().Interface())
	}
	return params
}

// fieldOf returns the field whose tag names a parameter.
func fieldOf(request reflect.Value, place string) reflect.Value {
	for i := range request.NumField() {
		if tag, _, _ := strings.Cut(request.Type().Field(i).Tag.Get("roa"), ","); tag == place {
			return request.Field(i)
		}
	}
	return reflect.Value{}
}

// mediaType is that of the body which the client sends.
func (c call) mediaType() string {
	if c.def.RequestBody == nil {
		return ""
	}
	types := slices.Sorted(maps.Keys(c.def.RequestBody.Value.Content))
	return types[0]
}

// fillBody sets the body, and returns it and whether there is one.
func (c call) fillBody(t *testing.T, request reflect.Value) (any, bool) {
	if c.def.RequestBody == nil || !c.full && !c.def.RequestBody.Value.Required {
		return nil, false
	}
	media := c.def.RequestBody.Value.Content[c.mediaType()]
	if media.Example == nil {
		request.Elem().FieldByName("Body").Set(reflect.ValueOf(strings.NewReader(binary)))
		return nil, true
	}
	body := media.Example
	if !c.full {
		body = media.Extensions["x-minimal"]
	}
	for _, whole := range []string{"Items", "Entries", "Body"} {
		if field, ok := request.Elem().Type().FieldByName(whole); ok && field.Tag.Get("json") == "-" {
			decode(t, marshal(t, body), request.Elem().FieldByName(whole).Addr().Interface())
			return body, true
		}
	}
	decode(t, marshal(t, body), request.Interface())
	roundTrip(t, body, request)
	return body, true
}

// checkParams compares what arrived with what was set.
func (c call) checkParams(t *testing.T, got acktest.Request, params map[string]any) {
	query, header, path := make(url.Values), make(http.Header), "/v2/api"+c.path
	if c.def.OperationID == "" {
		path = "/v3" + c.path
	}
	for _, ref := range c.def.Parameters {
		param := ref.Value
		value, ok := params[param.In+"="+param.Name]
		if !ok {
			continue
		}
		switch {
		case param.In == "path":
			path = strings.ReplaceAll(path, "{"+param.Name+"}", url.PathEscape(scalar(value)))
		case param.In == "header":
			header.Set(param.Name, strings.Join(scalars(value), ","))
		case len(param.Content) > 0:
			query.Set(param.Name, string(marshal(t, value)))
		case param.Extensions["x-ack-flat"] != nil:
			flatten(query, param.Name, value)
		case param.Style == "deepObject":
			for key, item := range value.(map[string]any) {
				query.Set(param.Name+"["+key+"]", scalar(item))
			}
		case param.Explode != nil && !*param.Explode:
			query.Set(param.Name, strings.Join(scalars(value), ","))
		default:
			spread(query, param.Name, value)
		}
	}
	assert.Equal(t, len(query), len(got.Query))
	for name := range query {
		assert.Equal(t, query[name], got.Query[name], name)
	}
	for name := range header {
		assert.Equal(t, header[name], got.Header[name], name)
	}
	want, err := url.PathUnescape(path)
	require.NoError(t, err)
	have, err := url.PathUnescape(c.seen.path)
	require.NoError(t, err)
	assert.Equal(t, want, have)
}

func spread(query url.Values, name string, value any) {
	if object, ok := value.(map[string]any); ok {
		for key, item := range object {
			query.Set(key, scalar(item))
		}
		return
	}
	query[name] = scalars(value)
}

func flatten(query url.Values, name string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, item := range value {
			flatten(query, name+"."+key, item)
		}
	case []any:
		for i, item := range value {
			flatten(query, name+"."+strconv.Itoa(i+1), item)
		}
	default:
		query.Set(name, scalar(value))
	}
}

func scalars(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return []string{scalar(value)}
	}
	out := make([]string, len(list))
	for i, item := range list {
		out[i] = scalar(item)
	}
	return out
}

func scalar(value any) string {
	if number, ok := value.(float64); ok {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// form returns the fields of a form.
func form(t *testing.T, body any) url.Values {
	out := make(url.Values)
	for name, value := range body.(map[string]any) {
		if _, nested := value.(map[string]any); nested {
			out.Set(name, string(marshal(t, value)))
			continue
		}
		out.Set(name, scalar(value))
	}
	return out
}

// checkResponse compares what was decoded with the example.
func (c call) checkResponse(t *testing.T, out reflect.Value) {
	metadata := out.Elem().FieldByName("Metadata")
	assert.NotEmpty(t, metadata.Interface().(roa.Metadata).RequestID)
	metadata.SetZero()
	_, media := c.response()
	if media == nil {
		return
	}
	switch field := wholeOf(out.Elem()); stream := field.(type) {
	case nil:
		equalJSON(t, media.Example, out.Interface())
		roundTrip(t, media.Example, out)
	case io.ReadCloser:
		text, err := io.ReadAll(stream)
		require.NoError(t, err)
		require.NoError(t, stream.Close())
		assert.Equal(t, media.Example, string(text))
	default:
		equalJSON(t, media.Example, field)
	}
}

// response returns the media type of the response and what the spec says about it.
func (c call) response() (string, *openapi3.MediaType) {
	responses := c.def.Responses.Map()
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		for name, media := range responses[status].Value.Content {
			return name, media
		}
	}
	return "", nil
}

// wholeOf returns the field that is the whole response, if one is.
func wholeOf(out reflect.Value) any {
	for _, whole := range []string{"Items", "Entries", "Value", "Text", "Body"} {
		if field, ok := out.Type().FieldByName(whole); ok && field.Tag.Get("json") == "-" {
			return out.FieldByName(whole).Interface()
		}
	}
	return nil
}

// roundTrip writes and reads a model with both JSON libraries. The examples of responses have no numbers in free JSON: these are a json.Number,
// which go-json-experiment/json writes as text.
func roundTrip(t *testing.T, want any, model reflect.Value) {
	for _, library := range []struct {
		write func(any) ([]byte, error)
		read  func([]byte, any) error
	}{
		{json.Marshal, json.Unmarshal},
		{func(v any) ([]byte, error) { return other.Marshal(v) }, func(text []byte, v any) error { return other.Unmarshal(text, v) }},
	} {
		text, err := library.write(model.Interface())
		require.NoError(t, err)
		equalJSON(t, want, text)
		again := reflect.New(model.Type().Elem())
		require.NoError(t, library.read(text, again.Interface()))
		equalJSON(t, want, again.Interface())
	}
}

func marshal(t *testing.T, value any) []byte {
	if text, ok := value.([]byte); ok {
		return text
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	require.NoError(t, encoder.Encode(value))
	return bytes.TrimSpace(b.Bytes())
}

func equalJSON(t *testing.T, want, have any) {
	t.Helper()
	assert.JSONEq(t, string(marshal(t, want)), string(marshal(t, have)))
}

func decode(t *testing.T, text []byte, to any) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(to), "%T", to)
}
