package gateway

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
)

func TestBehaviours(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		behave  func(*Call) (*Response, bool, error)
		status  int
		body    string // of a success
		code    string
		mistake string // what is reported
	}{
		{"a response", func(*Call) (*Response, bool, error) {
			return &Response{Status: http.StatusAccepted, Body: `{"name":"mine"}`}, true, nil
		}, http.StatusAccepted, `{"name":"mine"}`, "", ""},
		{"left to the example", func(*Call) (*Response, bool, error) { return nil, false, nil },
			http.StatusAccepted, `{"count":3,"name":"chosen"}`, "", ""},
		{"a fault", func(*Call) (*Response, bool, error) {
			return nil, true, fault.New(http.StatusConflict, "NameTaken", "The name is taken.")
		}, http.StatusConflict, "", "NameTaken", ""},
		{"an error", func(*Call) (*Response, bool, error) { return nil, true, errors.New("hunter2") },
			http.StatusInternalServerError, "", "InternalError", "CreateThing: hunter2"},
		{"a panic", func(c *Call) (*Response, bool, error) {
			return nil, true, errors.New(strings.Repeat("a", len(c.Body)-100))
		}, http.StatusInternalServerError, "", "InternalError", "CreateThing: panic: strings: negative Repeat count"},
		{"no response", func(*Call) (*Response, bool, error) { return nil, true, nil }, http.StatusOK, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := newSmall(t)
			var called Call
			var reported error
			srv.handler.Behave = func(_ context.Context, c *Call) (*Response, bool, error) {
				called = *c
				return tt.behave(c)
			}
			srv.handler.Report = func(err error) { reported = err }
			c := call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n"}`}.header("X-Acs-Region-Id", "cn-beijing")
			out := c.do(t, srv)
			assert.Equal(t, tt.status, out.status)
			assert.Equal(t, tt.code, out.code)
			if tt.body != "" {
				assert.JSONEq(t, tt.body, out.body)
			}
			assert.NotContains(t, out.body, "hunter2", "a mistake may hold anything")
			if tt.mistake == "" {
				require.NoError(t, reported)
			} else {
				require.ErrorContains(t, reported, tt.mistake)
			}
			assert.Equal(t, []any{"CreateThing", "cn-beijing", testID, "application/json", `{"name":"n"}`, out.header.Get(requestIDHeader)},
				[]any{called.Operation.Name, called.Region, called.Caller.AccessKeyID, called.ContentType, string(called.Body), called.RequestID})
			require.Len(t, srv.Requests(), 1)
			assert.Equal(t, tt.code, srv.Requests()[0].ErrorCode)
		})
	}
}

// TestOnlyRightRequestsBehave sends what the service would refuse before it does anything.
func TestOnlyRightRequestsBehave(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	srv.handler.Behave = func(context.Context, *Call) (*Response, bool, error) {
		t.Error("a request was carried out that is wrong")
		return nil, false, nil
	}
	for _, c := range []call{
		{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n"}`, secret: "wrong"},
		{method: "POST", path: "/things", action: "CreateThing", body: `{}`},
		{method: "POST", path: "/nothings", body: `{}`},
	} {
		assert.GreaterOrEqual(t, c.do(t, srv).status, http.StatusBadRequest)
	}
}

func TestCheckResponse(t *testing.T) {
	t.Parallel()
	api, err := smallSpec()
	require.NoError(t, err)
	for _, tt := range []struct {
		operation string
		status    int
		body      string
		want      string
	}{
		{"CreateThing", 202, `{"name":"n","count":3}`, ""},
		{"CreateThing", 0, `{"name":"n","count":3}`, ""},
		{"CreateThing", 202, `{"nam":"n"}`, "the spec has no field /nam; did you mean name?"},
		{"CreateThing", 202, `{"name":3}`, "/name: value must be a string"},
		{"CreateThing", 202, `{"name":"n","count":"3"}`, "/count: value must be an integer"},
		{"CreateThing", 202, `{"name":"n","count":1.5}`, "/count: value must be an integer"},
		{"DescribeTags", 200, `[{"key":"k"}]`, ""},
		{"DescribeTags", 200, `[{"key":"k"},{"value":"v"}]`, `/1/key: property "key" is missing`},
		{"CreateThing", 202, `{"name":"n"`, "value is not one JSON text"},
		{"CreateThing", 202, ``, "value is not one JSON text"},
		{"CreateThing", 500, `{"nam":`, ""},
		{"DescribeStatus", 200, `{"a":"running","b":"stopped"}`, ""},
		{"DescribeStatus", 200, `{"a":1}`, "/a: value must be a string"},
		{"DescribeScript", 200, "any text", ""},
		{"DeleteThing", 200, "", ""},
		{"DeleteThing", 200, "{}", "the spec has no body for this response"},
	} {
		err := api.Operation(tt.operation).CheckResponse(tt.status, []byte(tt.body))
		if tt.want == "" {
			assert.NoError(t, err, tt.body)
		} else {
			assert.EqualError(t, err, tt.want, tt.body)
		}
	}
}

func TestOperations(t *testing.T) {
	t.Parallel()
	api, err := smallSpec()
	require.NoError(t, err)
	assert.Nil(t, api.Operation("Nothing"))
	assert.Equal(t, "; did you mean CreateThing?", api.Similar("create_thing"))
	assert.Equal(t, "CompareThings", api.Operations()[0].Name)
	assert.Equal(t, "CreateThing", api.Operation("CreateThing").Definition().OperationID)
}
