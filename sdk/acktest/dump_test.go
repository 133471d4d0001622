package acktest

import (
	"bytes"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestDumpHoldsNoSecret calls each operation by its method, where types tell what is
// secret, and raw, where only names do.
func TestDumpHoldsNoSecret(t *testing.T) {
	t.Parallel()
	api, err := bundled()
	require.NoError(t, err)
	methods := reflect.TypeFor[ack.API]()
	for _, op := range api.Operations() {
		name := op.Name
		method, ok := methods.MethodByName(name)
		require.True(t, ok)
		for example, body := range exampleBodies(op) {
			t.Run(name+" "+example, func(t *testing.T) {
				t.Parallel()
				srv := NewServer(t, WithExamples(), WithCredentials("sts-id", "sts-secret", "sts-token"))
				var typed, raw bytes.Buffer
				in := exampleRequest(t, op, body, method.Type.In(1).Elem())
				client := srv.Client(t, roa.WithDump(&typed))
				results := reflect.ValueOf(client).MethodByName(name).Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
				require.True(t, results[1].IsNil())
				_, err := srv.Client(t, roa.WithDump(&raw)).Call(t.Context(), rawExample(t, op, body))
				require.NoError(t, err)

				secrets := append(secretsIn(in, nil), secretsIn(results[0], nil)...)
				for _, secret := range append(secrets, "sts-id", "sts-secret", "sts-token") {
					assert.False(t, bytes.Contains(typed.Bytes(), []byte(secret)), "the dump of the method holds a secret")
					assert.False(t, bytes.Contains(raw.Bytes(), []byte(secret)), "the dump of the raw call holds a secret")
				}
				assert.Contains(t, typed.String(), "* ack "+name+", attempt 1\n> "+op.Method+" ")
				assert.Contains(t, typed.String(), fmt.Sprintf("\n< %d ", op.Example.Status))
			})
		}
	}
}

// rawExample is the example request of an operation without its types.
func rawExample(t *testing.T, op *gateway.Operation, body any) roa.RawRequest {
	t.Helper()
	req := roa.RawRequest{
		Operation: op.Name, Method: op.Method, Path: op.Path, Body: body,
		PathParams: map[string]string{}, Query: map[string]string{},
	}
	for _, param := range parameters(op) {
		example, _ := exampleOf(param)
		text := plainText(example)
		if param.Content != nil {
			text = string(encode(t, example))
		}
		if param.In == openapi3.ParameterInPath {
			req.PathParams[param.Name] = text
		} else {
			req.Query[param.Name] = text
		}
	}
	return req
}

// secretsIn appends the secrets in a value, as they are, as in a URL and as in JSON.
func secretsIn(v reflect.Value, found []string) []string {
	if secret, ok := reflect.TypeAssert[roa.Secret](v); ok {
		if text := secret.Reveal(); len(text) > 3 {
			quoted := strconv.Quote(text)
			found = append(found, text, url.QueryEscape(text), quoted[1:len(quoted)-1])
		}
		return found
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			found = secretsIn(v.Elem(), found)
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = secretsIn(v.Index(i), found)
		}
	case reflect.Map:
		for _, item := range v.Seq2() {
			found = secretsIn(item, found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = secretsIn(v.Field(i), found)
			}
		}
	}
	return found
}
