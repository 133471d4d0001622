package nastytest

import (
	"context"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"example.com/products/nasty"
	"example.com/products/nasty/nastyfake"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryOverride calls every operation with an override that returns the example of the response, and compares what the function got with what
// was sent, and what came back with the example.
func TestEveryOverride(t *testing.T) {
	text, err := os.ReadFile("spec.yaml")
	require.NoError(t, err)
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	srv := acktest.NewServer(t, acktest.WithSpec(text))
	client, err := nasty.New(srv.Options()...)
	require.NoError(t, err)
	calls := 0
	for path, item := range doc.Paths.Map() {
		for method, def := range item.Operations() {
			def.Parameters = append(def.Parameters, item.Parameters...)
			for _, full := range []bool{true, false} {
				calls++
				c := call{path, method, def, full, nil, srv, reflect.ValueOf(client)}
				t.Run(method+" "+path, c.override)
			}
		}
	}
	assert.Equal(t, 2*15, calls)
}

// override makes one call.
func (c call) override(t *testing.T) {
	method := c.operation(t)
	request := reflect.New(method.Type().In(1).Elem())
	c.fill(t, request)
	c.fillBody(t, request)
	if number := request.Elem().FieldByName("Number"); number.Kind() == reflect.Int64 && number.Int() < 0 {
		number.SetInt(-number.Int()) // Nobody can tell its sign from the hyphen in {id}-{number}.
	}
	response := c.example(t, method.Type().Out(0).Elem())
	var got reflect.Value
	overrides := reflect.New(reflect.TypeFor[nastyfake.Overrides]()).Elem()
	field := overrides.FieldByName(c.name())
	field.Set(reflect.MakeFunc(field.Type(), func(args []reflect.Value) []reflect.Value {
		got = args[1]
		return []reflect.Value{response, reflect.Zero(field.Type().Out(1))}
	}))
	c.srv.Override(overrides.Interface().(nastyfake.Overrides))
	results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), request})
	if err, _ := results[1].Interface().(error); err != nil {
		t.Fatal(err)
	}
	equalRequest(t, request.Elem(), got.Elem())
	withoutEmptyLists(response.Elem(), results[0].Elem())
	c.checkResponse(t, results[0])
}

// withoutEmptyLists takes out of what came back the lists that are empty since the response had none: a server sends them.
func withoutEmptyLists(response, got reflect.Value) {
	for field := range response.Type().Fields() {
		switch one, other := response.FieldByIndex(field.Index), got.FieldByIndex(field.Index); {
		case field.Anonymous:
			withoutEmptyLists(one, other)
		case (field.Type.Kind() == reflect.Slice || field.Type.Kind() == reflect.Map) && one.IsNil() && other.Len() == 0:
			other.SetZero()
		}
	}
}

// example returns a response with the example of the document.
func (c call) example(t *testing.T, typ reflect.Type) reflect.Value {
	out := reflect.New(typ)
	_, media := c.response()
	if media == nil {
		return out
	}
	for field := range typ.Fields() {
		if field.Tag.Get("json") != "-" || field.Type == reflect.TypeFor[roa.Metadata]() {
			continue
		}
		into := out.Elem().FieldByIndex(field.Index)
		if field.Type == reflect.TypeFor[roa.ReadCloser]() {
			into.Set(reflect.ValueOf(io.NopCloser(strings.NewReader(media.Example.(string)))))
			return out
		}
		decode(t, marshal(t, media.Example), into.Addr().Interface())
		return out
	}
	decode(t, marshal(t, media.Example), out.Interface())
	return out
}

// equalRequest compares two requests field by field. Streams were read to be sent.
func equalRequest(t *testing.T, want, got reflect.Value) {
	for field := range want.Type().Fields() {
		one, other := want.FieldByIndex(field.Index), got.FieldByIndex(field.Index)
		if field.Type != reflect.TypeFor[roa.Reader]() {
			equalJSON(t, []any{one.Interface()}, []any{other.Interface()})
			continue
		}
		require.Equal(t, one.IsNil(), other.IsNil(), field.Name)
		if !one.IsNil() {
			text, err := io.ReadAll(other.Interface().(io.Reader))
			require.NoError(t, err)
			assert.Equal(t, binary, string(text))
		}
	}
}
