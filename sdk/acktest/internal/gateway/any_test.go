package gateway

import (
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newAny starts a server of a spec that has what ours does not.
func newAny(t *testing.T) *server {
	t.Helper()
	text, err := os.ReadFile("testdata/any.yaml")
	require.NoError(t, err)
	return serve(t, text)
}

const anyBase = "/live/v2"

func anyCall(method, path, action string) call {
	return call{method: method, path: anyBase + path, action: action}
}

func (c call) with(contentType, body string) call {
	c.body = body
	return c.header("Content-Type", contentType)
}

func (c call) header(name, value string) call {
	before := c.before
	c.before = func(h http.Header) {
		if before != nil {
			before(h)
		}
		h.Set(name, value)
	}
	return c
}

func (c call) asking(query string) call {
	c.query, _ = url.ParseQuery(query)
	return c
}

func TestAnyResponses(t *testing.T) {
	t.Parallel()
	srv := newAny(t)
	const (
		sentJSON = "application/json; charset=utf-8"
		job      = `{"id":"text","size":2}`
	)
	pet := call{method: "POST", path: "/pets/v1/pets", action: "SendPet"}
	for _, tt := range []struct {
		name        string
		call        call
		status      int
		contentType string
		body        string
	}{
		{"range of statuses", anyCall("POST", "/jobs/a", "PostJobsByID"), 200, sentJSON, job},
		{"verb behind a parameter", anyCall("POST", "/jobs/a%3Aapply", "PostJobsByIDApply"), 200, "application/vnd.any+json; charset=utf-8", job},
		{"verb, not escaped", anyCall("POST", "/jobs/a:apply", "PostJobsByIDApply"), 200, "application/vnd.any+json; charset=utf-8", job},
		{"other verb", anyCall("POST", "/jobs/a:stop", "PostJobsByID"), 200, sentJSON, job},
		{"no success declared", anyCall("GET", "/headers", "ReadHeaders").header("workspace", "w"), 200, "", ""},
		{"bytes", anyCall("GET", "/spread", "ReadSpread").asking("from=1"), 200, "application/octet-stream", "text"},
		{"any text", anyCall("POST", "/forms", "SendForm").with(formType, "name=n"), 200, "text/plain; charset=utf-8", "text"},
		{"no body", anyCall("PUT", "/bytes", "SendBytes").with("image/png", "\x89PNG\x00"), 204, "", ""},
		{"any JSON", anyCall("POST", "/free", "SendFree").with(jsonType, `[null]`), 200, "application/json;charset=UTF-8", "{}"},
		{"scalar", anyCall("PUT", "/scalar", "SendScalar").with(jsonType, "2"), 200, sentJSON, "3"},
		{"server of a path", pet.with("application/merge-patch+json", `{"name":"n"}`), 201, sentJSON, `{"lives":1,"name":"text","owner":"text"}`},
		{"variants", animal(`{"kind":"Dog","name":"n"}`), 200, sentJSON, `{"told":{"kind":"Cat","lives":1},"untold":{"kind":"text","lives":1}}`},
		{"text of another type", anyCall("GET", "/xml", "ReadXML"), 200, "application/xml", "<a/>"},
	} {
		for _, roa := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{false: " ACS3", true: " ROA"}[roa], func(t *testing.T) {
				t.Parallel()
				c := tt.call
				c.roa = roa
				out := c.do(t, srv)
				require.Equal(t, tt.status, out.status, out.message)
				assert.Equal(t, tt.contentType, out.header.Get("Content-Type"))
				assert.Equal(t, tt.body, out.body)
			})
		}
	}
}

func animal(body string) call { return anyCall("POST", "/animals", "SendAnimal").with(jsonType, body) }

// TestVariantsByName has a discriminator without a mapping: its values are the names of the schemas.
func TestVariantsByName(t *testing.T) {
	t.Parallel()
	srv := newAny(t)
	for body, want := range map[string]string{
		`{"kind":"Cat","name":1}`: "",
		`{"kind":"Dog","name":1}`: "match any schema",
		`{"kind":"Duck"}`:         "kind\" has invalid value",
		`{"lives":9}`:             "does not contain the discriminator property",
	} {
		out := animal(body).do(t, srv)
		assert.Equal(t, want == "", out.status == http.StatusOK, "%s: %s", body, out.message)
		assert.Contains(t, out.message, want, body)
	}
}

func TestNoResponseCanBeMade(t *testing.T) {
	t.Parallel()
	srv := newAny(t)
	out := anyCall("POST", "/choice", "SendChoice").with(jsonType, `{"kind":"a"}`).do(t, srv)
	assert.Equal(t, []any{http.StatusNotImplemented, "NotImplemented"}, []any{out.status, out.code})
	assert.Contains(t, out.message, "no example of a response of SendChoice")
	srv.handler.Script = func(r Record) (Response, bool) { return Response{Body: `{"next":{}}`}, r.Operation == "SendChoice" }
	assert.Equal(t, http.StatusOK, anyCall("POST", "/choice", "SendChoice").do(t, srv).status)
}

func TestUnsigned(t *testing.T) {
	t.Parallel()
	srv := newAny(t)
	unsigned := func(c call) call {
		c.after = func(r *http.Request) { r.Header.Del("Authorization") }
		return c
	}
	free := anyCall("PUT", "/scalar", "SendScalar")
	assert.Equal(t, 200, free.do(t, srv).status)
	assert.Equal(t, 200, unsigned(free).do(t, srv).status)
	wrong := free
	wrong.secret = "wrong"
	assert.Equal(t, "SignatureDoesNotMatch", wrong.do(t, srv).code, "a signature that is sent is verified")
	assert.Equal(t, "MissingAccessKeyId", unsigned(anyCall("GET", "/xml", "ReadXML")).do(t, srv).code)
}

func TestAnyValidation(t *testing.T) {
	t.Parallel()
	const (
		bad     = "InvalidParameter"
		missing = "MissingParameter"
		tooMany = "number must be at most 9007199254740992"
		above   = "9007199254740993"
	)
	headers := anyCall("GET", "/headers", "ReadHeaders")
	full := headers.header("workspace", "w")
	spread := func(query string) call { return anyCall("GET", "/spread", "ReadSpread").asking(query) }
	form := func(body string) call { return anyCall("POST", "/forms", "SendForm").with(formType, body) }
	bytes := anyCall("PUT", "/bytes", "SendBytes")
	scalar := func(body string) call { return anyCall("PUT", "/scalar", "SendScalar").with(jsonType, body) }
	pet := func(body string) call {
		return call{method: "POST", path: "/pets/v1/pets", action: "SendPet"}.with("application/merge-patch+json", body)
	}
	checkValidationsOf(t, newAny(t), []validation{
		{"header missing", headers, missing, `header parameter "workspace": value is required`},
		{"header too long", headers.header("workspace", "1234567890"), bad, `header parameter "workspace": maximum string length is 9`},
		{"integer header", full.header("x-acs-size", "9007199254740992"), "", ""},
		{"integer header above", full.header("x-acs-size", above), bad, `header parameter "x-acs-size": ` + tooMany},
		{"no integer header", full.header("x-acs-size", "many"), bad, `header parameter "x-acs-size": an invalid integer`},
		{"list header", full.header("sizes", "1,9007199254740992"), "", ""},
		{"list header above", full.header("sizes", "1,"+above), bad, `header parameter "sizes" at /1: ` + tooMany},

		{"each", spread("each=1&each=9007199254740992"), "", ""},
		{"one of each", spread("each=1"), "", ""},
		{"each above", spread("each=1&each=" + above), bad, `query parameter "each" at /1: ` + tooMany},
		{"each too many", spread("each=1&each=2&each=3"), bad, `query parameter "each": maximum number of items is 2`},
		{"each of another type", spread("each=a"), bad, `query parameter "each" at /0: value must be an integer`},
		{"deep", spread("deep[key]=a&deep[size]=1&deep[on]=true&deep[names]=a&deep[names]=b&deep[below][key]=b"), "", ""},
		{"deep above", spread("deep[below][size]=" + above), bad, `query parameter "deep" at /below/size: ` + tooMany},
		{"deep of another type", spread("deep[on]=yes"), bad, `query parameter "deep" at /on: value must be a boolean`},
		{"deep without a key", spread("deep=a"), bad, `query parameter "deep": ReadSpread has no such parameter`},
		{"deep key given twice", spread("deep[key]=a&deep[key]=b"), bad, `query parameter "deep" at /key: value must be a string`},
		{"flat", spread("flat.1.key=a&flat.2.names.1=b&flat.2.names.2=c&tree.below.below.on=false"), "", ""},
		{"flat above", spread("flat.1.below.size=" + above), bad, `query parameter "flat" at /0/below/size: ` + tooMany},
		{"flat with a gap", spread("flat.2.key=a"), bad, `query parameter "flat": value must be an array`},
		{"flat as text", spread("tree=a"), bad, `query parameter "tree": value must be an object`},
		{"bare", spread("from=1&names=a&names=b"), "", ""},
		{"bare without what it needs", spread("names=a"), missing, `query parameter "bare" at /from: property "from" is missing`},
		{"bare name", spread("bare=1"), bad, `query parameter "bare": ReadSpread has no such parameter`},

		{"form", form("name=n&size=1&on=true&tags=a&tags=b&ids=1,2&filter=%7B%22key%22%3A%22a%22%7D&filters=%5B%7B%7D%5D&later=x"), "", ""},
		{"form with one item", form("tags=a"), "", ""},
		{"empty form", form(""), "", ""},
		{"form field too long", form("name=123456"), bad, "request body at /name: maximum string length is 5"},
		{"form integer above", form("size=" + above), bad, "request body at /size: " + tooMany},
		{"form field twice", form("name=a&name=b"), bad, "request body at /name: value must be a string"},
		{"form field of another type", form("on=yes"), bad, "request body at /on: value must be a boolean"},
		{"form field with bad JSON", form("filter=a"), bad, "request body at /filter: value must be an object"},
		{"broken form", form("name=%zz"), bad, "request body: value is not a form"},
		{"form as JSON", anyCall("POST", "/forms", "SendForm").with(jsonType, "{}"), bad, `has unexpected value "application/json"`},

		{"family of media types", bytes.with("image/png", "\x00"), "", ""},
		{"multipart", bytes.with("multipart/form-data; boundary=x", "--x--\r\n"), "", ""},
		{"bytes missing", bytes, missing, "request body: value is required"},
		{"other family", bytes.with("audio/ogg", "\x00"), bad, `has unexpected value "audio/ogg"`},

		{"free body", anyCall("POST", "/free", "SendFree").with(jsonType, `"a"`), "", ""},
		{"broken free body", anyCall("POST", "/free", "SendFree").with(jsonType, `"a`), bad, "request body: value is not one JSON text"},
		{"no free body", anyCall("POST", "/free", "SendFree"), "", ""},
		{"null", scalar("null"), "", ""},
		{"closed integer", scalar("3"), bad, "request body: value is not one of the allowed values"},
		{"scalar of another type", scalar(`"1"`), bad, "request body: value is not one of the allowed values"},
		{"no JSON", scalar(`1 2`), bad, "request body: value is not one JSON text"},

		{"all of", pet(`{"name":"n","owner":null,"lives":9}`), "", ""},
		{"all of, missing", pet(`{"lives":9}`), missing, `request body at /name: property "name" is missing`},
		{"all of, above", pet(`{"name":"n","lives":` + above + `}`), bad, "request body at /lives: " + tooMany},
	})
}

// TestVariants tells variants apart that only an open enum tells apart.
func TestVariants(t *testing.T) {
	t.Parallel()
	srv := newAny(t)
	for body, code := range map[string]string{
		`{"kind":"a","size":1}`: "NotImplemented", // accepted, but there is no response
		`{"kind":"b"}`:          "NotImplemented",
		`{"kind":"c"}`:          "NotImplemented",
		`{"size":1}`:            "InvalidParameter",
	} {
		assert.Equal(t, code, anyCall("POST", "/choice", "SendChoice").with(jsonType, body).do(t, srv).code, body)
	}
	assert.Equal(t, "InvalidApi.NotFound", call{method: "GET", path: "/xml", action: "ReadXML"}.do(t, srv).code, "routes lie below the base path")
}

func TestAnyRequestsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	srv := newAny(t)
	anyCall("GET", "/headers", "ReadHeaders").header("workspace", "w").header("X-Key", "hunter2").do(t, srv)
	anyCall("GET", "/spread", "ReadSpread").asking("deep[secret]=hunter2&flat.1.secret=hunter2&flat.1.key=k&tree.nobody=hunter2&from=1").do(t, srv)
	anyCall("POST", "/forms", "SendForm").with(formType, "name=n&password=hunter2&nobody=hunter2").do(t, srv)
	anyCall("POST", "/choice", "SendChoice").with(jsonType, `{"kind":"b","password":"hunter2"}`).do(t, srv)
	anyCall("PUT", "/bytes", "SendBytes").with("image/png", "hunter2").do(t, srv)
	anyCall("POST", "/free", "SendFree").with(jsonType, `{"a":[true]}`).do(t, srv)

	got := srv.Requests()
	require.Len(t, got, 6)
	assert.Equal(t, []string{"w", Redacted}, []string{got[0].Header.Get("Workspace"), got[0].Header.Get("X-Key")})
	assert.Len(t, got[0].Header, 4, "with Accept and User-Agent")
	assert.Equal(t, url.Values{
		"deep[secret]": {Redacted}, "flat.1.secret": {Redacted}, "flat.1.key": {"k"}, "tree.nobody": {Redacted}, "from": {"1"},
	}, got[1].Query)
	assert.Equal(t, map[string]any{"name": "n", "password": Redacted, "nobody": Redacted}, got[2].Body)
	assert.Equal(t, map[string]any{"kind": "b", "password": Redacted}, got[3].Body)
	assert.Nil(t, got[4].Body)
	assert.Equal(t, map[string]any{"a": []any{true}}, got[5].Body, "any JSON, of which nothing is marked")
}

// TestSparseSpecs starts servers of operations that leave out almost everything.
func TestSparseSpecs(t *testing.T) {
	t.Parallel()
	for operation, body := range map[string]string{
		"{get: {}}":                                   "",
		"{get: {responses: null}}":                    "",
		"{get: {requestBody: {}}}":                    "",
		"{servers: [null], get: {}}":                  "",
		"{get: {security: [null]}}":                   "",
		"{servers: [{url: '%zz'}], get: {}}":          "",
		"{get: {parameters: [{name: a, in: query}]}}": "",
		"{parameters: [{name: a, in: query, content: {application/json: null}}], get: {}}":         "",
		"{get: {requestBody: {content: {application/json: null}}}}":                                "",
		"{get: {responses: {'200': {description: a, content: {application/json: null}}}}}":         "{}",
		"{get: {responses: {'200': {description: a, content: {text/csv: null}}}}}":                 "text",
		"{get: {responses: {'200': {description: a, content: {'*/*': {schema: {type: array}}}}}}}": "[{}]",
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			text := "{openapi: 3.0.3, info: {title: t, version: '2015-12-15'}, paths: {/a: " + operation + "}}"
			srv := serve(t, []byte(text))
			out := call{method: "GET", path: "/a", action: "GetA"}.do(t, srv)
			assert.Equal(t, []any{http.StatusOK, body}, []any{out.status, out.body}, out.message)
		})
	}
}
