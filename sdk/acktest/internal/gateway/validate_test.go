package gateway

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A validation is a call and what the server must say about it.
type validation struct {
	name string
	call call
	code string // empty: accepted
	text string
}

func checkValidations(t *testing.T, tests []validation) {
	t.Helper()
	checkValidationsOf(t, newSmall(t), tests)
}

func checkValidationsOf(t *testing.T, srv *server, tests []validation) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := tt.call.do(t, srv)
			assert.Equal(t, tt.code, out.code)
			assert.Contains(t, out.message, tt.text)
			assert.NotContains(t, out.message, "\n")
			assert.NotContains(t, out.body, "secretvalue", "a value is echoed")
			if tt.code != "" {
				assert.Equal(t, http.StatusBadRequest, out.status)
			}
		})
	}
}

func TestParameterValidation(t *testing.T) {
	t.Parallel()
	list := func(query string) call {
		values, err := url.ParseQuery(query)
		require.NoError(t, err)
		return call{method: "GET", path: "/things", action: "ListThings", query: values}
	}
	checkValidations(t, []validation{
		{"all good", list("page_size=10&force=true&ids=a,b&profile=Default"), "", ""},
		{"unknown enum value", list("profile=Future"), "", ""},
		{"json parameter", list(`tags=[{"key":"k","value":"v"}]`), "", ""},
		{"empty string", list(`profile=`), "", ""},
		{"unknown parameter", list("pageSize=1"), "InvalidParameter", `query parameter "pageSize": ListThings has no such parameter`},
		{"wrong type", list("page_size=secretvalue"), "InvalidParameter", `query parameter "page_size": an invalid integer`},
		{"out of range", list("page_size=101"), "InvalidParameter", `query parameter "page_size": number must be at most 100`},
		{"wrong boolean", list("force=maybe"), "InvalidParameter", `query parameter "force": an invalid boolean`},
		{"too many items", list("ids=a,b,c"), "InvalidParameter", `query parameter "ids": maximum number of items is 2`},
		{"not json", list("tags=a,b"), "InvalidParameter", `query parameter "tags": value is not one JSON text`},
		{"two json texts", list("tags=[] []"), "InvalidParameter", `query parameter "tags": value is not one JSON text`},
		{"wrong json", list(`tags={"key":"k"}`), "InvalidParameter", `query parameter "tags": value must be an array`},
		{"missing in json", list(`tags=[{"value":"v"}]`), "MissingParameter", `query parameter "tags" at /0/key: property "key" is missing`},
		{"path too long", call{method: "DELETE", path: "/things/" + strings.Repeat("x", 21), action: "DeleteThing"}, "InvalidParameter",
			`path parameter "ThingId": maximum string length is 20`},
	})
}

func TestBodyValidation(t *testing.T) {
	t.Parallel()
	create := func(body string) call {
		return call{method: "POST", path: "/things", action: "CreateThing", body: body}
	}
	typed := func(c call, contentType string) call {
		c.before = func(h http.Header) {
			h.Del("Content-Type")
			if contentType != "" {
				h.Set("Content-Type", contentType)
			}
		}
		return c
	}
	checkValidations(t, []validation{
		{"full body", create(`{"name":"n","kind":"Huge","count":1,"login_password":"pw","config":[1],"labels":{"a":"b"},"later":true}`), "", ""},
		{"content type with charset", typed(create(`{"name":"n"}`), "application/json; charset=utf-8"), "", ""},
		{"optional body", call{method: "POST", path: "/things/1", action: "ScaleThing"}, "", ""},
		{"missing body", create(""), "MissingParameter", "request body: value is required but missing"},
		{"body where none belongs", call{method: "DELETE", path: "/things/1", action: "DeleteThing", body: "{}"}, "InvalidParameter",
			"request: the operation takes no body"},
		{"no content type", typed(create(`{"name":"n"}`), ""), "InvalidParameter", `request body: header Content-Type has unexpected value ""`},
		{"other content type", typed(create(`{"name":"n"}`), "text/plain"), "InvalidParameter", `has unexpected value "text/plain"`},
		{"broken json", create(`{"name":"n"`), "InvalidParameter", "request body: value is not one JSON text"},
		{"two texts", create(`{"name":"n"} {}`), "InvalidParameter", "request body: value is not one JSON text"},
		{"array for object", create(`[]`), "InvalidParameter", "request body: value must be an object"},
		{"missing field", create(`{"count":1}`), "MissingParameter", `request body at /name: property "name" is missing`},
		{"string for number", create(`{"name":"n","count":"5"}`), "InvalidParameter", "request body at /count: value must be an integer"},
		{"fraction", create(`{"name":"n","count":1.5}`), "InvalidParameter", "request body at /count: value must be an integer"},
		{"null", create(`{"name":null}`), "InvalidParameter", "request body at /name: Value is not nullable"},
		{"deep", create(`{"name":"n","parent":{"name":"p","tags":[{"key":"k"},{"key":1}]}}`), "InvalidParameter",
			"request body at /parent/tags/1/key: value must be a string"},
		{"bad label", create(`{"name":"n","labels":{"a":1}}`), "InvalidParameter", "request body at /labels/a: value must be a string"},
		{"bad password", create(`{"name":"n","login_password":"secretvalue!"}`), "InvalidParameter",
			"request body at /login_password: string doesn't match"},
	})
}

func TestDuplicateQueryParameter(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	for _, roa := range []bool{false, true} {
		twice := call{method: "GET", path: "/things", action: "ListThings", query: url.Values{"force": {"true", "false"}}, roa: roa}
		out := twice.do(t, srv)
		assert.Equal(t, "InvalidParameter", out.code)
		assert.Contains(t, out.message, "more than once")

		req := twice.request(t, srv.URL)
		req.URL.RawQuery = "force=false&force=true"
		assert.Equal(t, "SignatureDoesNotMatch", exchange(t, srv, req).code, "the order of values is signed")
	}

	req := call{method: "GET", path: "/things", action: "ListThings"}.request(t, srv.URL)
	req.URL.RawQuery = "force=%zz"
	out := exchange(t, srv, req)
	assert.Equal(t, "InvalidParameter", out.code)
	assert.Contains(t, out.message, "query of the request cannot be read")
}

func TestLargeBody(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	body := `{"name":"` + strings.Repeat("x", maxBody) + `"}`
	out := call{method: "POST", path: "/things", action: "CreateThing", body: body}.do(t, srv)
	assert.Equal(t, http.StatusRequestEntityTooLarge, out.status)
	assert.Equal(t, "RequestBodyTooLarge", out.code)
}
