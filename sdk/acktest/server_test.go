package acktest

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	tests := []struct {
		name        string
		call        call
		status      int
		contentType string
		body        string
	}{
		{"array", call{method: "GET", path: "/things", action: "ListThings"}, 200, "application/json; charset=utf-8",
			`[{"count":1,"name":"first"},{"count":2,"name":"a<b"}]`},
		{"all digits of an example", call{method: "GET", path: "/numbers/1", action: "DescribeNumbers"}, 200, "application/json; charset=utf-8",
			`{"at":"2026-01-02","count":9223372036854775807,"free":[0.12345678901234567890,123456789012345678901234567890,-9007199254740993,31,1e3],"on":true,"size":9007199254740993,"zero":null}`},
		{"named example", call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n"}`}, 202,
			"application/json; charset=utf-8", `{"count":3,"name":"chosen"}`},
		{"map, literal before parameter", call{method: "GET", path: "/things/status", action: "DescribeStatus"}, 200,
			"application/json; charset=utf-8", `{"a":"running"}`},
		{"parameter where the literal has no such method", call{method: "POST", path: "/things/status", action: "ScaleThing"}, 204, "", ""},
		{"text", call{method: "POST", path: "/things/1/script", action: "DescribeScript"}, 200, "text/plain; charset=utf-8", "echo join\r\n"},
		{"empty", call{method: "DELETE", path: "/things/1", action: "DeleteThing"}, 200, "", ""},
		{"trailing slash", call{method: "POST", path: "/thing/1/config/", action: "CreateConfig"}, 200, "", ""},
		{"escaped slash", call{method: "DELETE", path: "/things/a%2Fb%20c", action: "DeleteThing"}, 200, "", ""},
		{"text behind a parameter", call{method: "POST", path: "/things/abc%3Astop", action: "StopThing"}, 200, "", ""},
		{"no text behind a parameter", call{method: "POST", path: "/things/abc", action: "ScaleThing"}, 204, "", ""},
		{"text around two parameters", call{method: "GET", path: "/things%20in%20%C3%BC/a-b", action: "CompareThings"}, 200, "", ""},
		{"array body", call{method: "POST", path: "/things/1/grants", action: "GrantThings", body: `[{"key":"k"}]`}, 200, "", ""},
		{"no example", call{method: "GET", path: "/things/1", action: "DescribeThing"}, 200, "application/json; charset=utf-8",
			`{"count":1,"name":"text"}`},
	}
	ids := new(sync.Map)
	for _, tt := range tests {
		for _, roa := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{false: " ACS3", true: " ROA"}[roa], func(t *testing.T) {
				t.Parallel()
				c := tt.call
				c.roa = roa
				out := c.do(t, srv)
				require.Equal(t, tt.status, out.status, out.message)
				assert.Equal(t, tt.contentType, out.header.Get("Content-Type"))
				if tt.status < 300 {
					assert.Equal(t, tt.body, out.body)
				}
				id := out.header.Get("x-acs-request-id")
				assert.Regexp(t, `^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$`, id)
				_, twice := ids.LoadOrStore(id, true)
				assert.False(t, twice, "request ids must be unique")
			})
		}
	}
}

// TestTextInPaths calls operations whose paths hold what a URL cannot: the client signs the form that it sends.
func TestTextInPaths(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	for _, signature := range []roa.Signature{roa.ACS3HMACSHA256, roa.ROAHMACSHA1} {
		client := srv.Client(t, roa.WithSignature(signature))
		for _, in := range []roa.RawRequest{
			{Operation: "StopThing", Method: "POST", Path: "/things/{Id}:stop", PathParams: map[string]string{"Id": "a:b"}},
			{Operation: "CompareThings", Method: "GET", Path: "/things in ü/{From}-{To}", PathParams: map[string]string{"From": "a", "To": "b"}},
		} {
			_, err := client.Call(t.Context(), in)
			require.NoError(t, err)
		}
	}
	var paths []string
	for _, req := range srv.Requests() {
		paths = append(paths, req.Path)
	}
	assert.Equal(t, []string{"/things/a%3Ab%3Astop", "/things%20in%20%C3%BC/a-b", "/things/a%3Ab%3Astop", "/things%20in%20%C3%BC/a-b"}, paths)
}

func TestUnknownRoutes(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	tests := []struct {
		target string
		status int
		code   string
		text   string
	}{
		{"GET /nothing", 404, "InvalidApi.NotFound", "no operation has this path"},
		{"GET /", 404, "InvalidApi.NotFound", "no operation"},
		{"GET /things/", 404, "InvalidApi.NotFound", "no operation"},
		{"POST /thing/1/config", 404, "InvalidApi.NotFound", "no operation"},
		{"GET /things%20in%20%C3%BC/a", 404, "InvalidApi.NotFound", "no operation"},
		{"GET /things%20in%20%C3%BC/-b", 404, "InvalidApi.NotFound", "no operation"},
		{"GET //things", 404, "InvalidApi.NotFound", "empty segment"},
		{"DELETE /things//grants", 404, "InvalidApi.NotFound", "empty segment"},
		{"DELETE /x/../things/1", 404, "InvalidApi.NotFound", "dot segment"},
		{"DELETE /things/%2e%2e", 404, "InvalidApi.NotFound", "dot segment"},
		{"DELETE /things/.", 404, "InvalidApi.NotFound", "dot segment"},
		{"PATCH /things", 405, "UnsupportedHTTPMethod", "GET, POST"},
		{"PUT /things/status", 405, "UnsupportedHTTPMethod", "DELETE, GET, POST"},
		{"HEAD /things", 405, "", ""},
		{"OPTIONS *", 404, "InvalidApi.NotFound", "not a path"},
		{"GET http://example.com/things", 404, "InvalidApi.NotFound", "not a path"},
	}
	for _, tt := range tests {
		t.Run(tt.target, func(t *testing.T) {
			t.Parallel()
			out := sendRaw(t, srv, tt.target+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			assert.Equal(t, tt.status, out.status)
			assert.Equal(t, tt.code, out.code)
			assert.Contains(t, out.message, tt.text)
			assert.Empty(t, out.header.Get("Location"))
			if tt.status == http.StatusMethodNotAllowed {
				assert.Contains(t, out.header.Get("Allow"), "GET")
			}
		})
	}
}

// sendRaw sends bytes that net/http would refuse or clean.
func sendRaw(t *testing.T, srv *Server, text string) outcome {
	t.Helper()
	transport, ok := srv.HTTPClient().Transport.(*http.Transport)
	require.True(t, ok)
	config := &tls.Config{RootCAs: transport.TLSClientConfig.RootCAs, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
	dialer := tls.Dialer{Config: config}
	conn, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(srv.URL, "https://"))
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	_, err = conn.Write([]byte(text))
	require.NoError(t, err)
	method, _, _ := strings.Cut(text, " ")
	res, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	var body struct{ Code, Message string }
	if method != http.MethodHead {
		require.NoError(t, json.NewDecoder(res.Body).Decode(&body))
	}
	return outcome{status: res.StatusCode, header: res.Header, code: body.Code, message: body.Message}
}

func TestRequestsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	body := `{"name":"n","count":7,"login_password":"hunter2","login_passwort":"hunter2","labels":{"a":"b"},"config":{"x":1},
		"free":{"y":[2]},"tags":[{"key":"k","secret":"hunter2"}],"parent":{"login_password":{"deep":"hunter2"}}}`
	first := call{method: "POST", path: "/things", action: "CreateThing", body: body}.do(t, srv)
	assert.Equal(t, http.StatusBadRequest, first.status)
	call{method: "GET", path: "/things", action: "ListThings", query: url.Values{"force": {"true"}, "key": {"hunter2"}}}.do(t, srv)
	call{method: "GET", path: "/nowhere", query: url.Values{"key": {"hunter2"}}}.do(t, srv)
	call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"hunter2`}.do(t, srv)

	got := srv.Requests()
	require.Len(t, got, 4)
	assert.False(t, strings.Contains(fmt.Sprintf("%#v", got), "hunter2"), "a secret was recorded")
	assert.Equal(t, Request{
		Operation: "CreateThing", Method: "POST", Path: "/things", Status: 400, ErrorCode: "InvalidParameter",
		RequestID: first.header.Get("x-acs-request-id"),
		Body: map[string]any{
			"name": "n", "count": json.Number("7"), "login_password": redacted, "login_passwort": redacted,
			"labels": map[string]any{"a": "b"}, "config": map[string]any{"x": json.Number("1")},
			"free":   map[string]any{"y": []any{json.Number("2")}},
			"tags":   []any{map[string]any{"key": "k", "secret": redacted}},
			"parent": map[string]any{"login_password": redacted},
		},
	}, got[0])
	assert.Equal(t, url.Values{"force": {"true"}, "key": {redacted}}, got[1].Query)
	assert.Equal(t, 200, got[1].Status)
	assert.Equal(t, []any{"", "/nowhere", 404, "InvalidApi.NotFound"}, []any{got[2].Operation, got[2].Path, got[2].Status, got[2].ErrorCode})
	assert.Nil(t, got[3].Body)
}

func TestRequestsAreBounded(t *testing.T) {
	t.Parallel()
	var j journal
	for i := range maxRequests + 1 {
		j.record(Request{Path: strconv.Itoa(i)})
	}
	got := j.list()
	assert.LessOrEqual(t, len(got), maxRequests)
	assert.Equal(t, strconv.Itoa(maxRequests), got[len(got)-1].Path)
}

func TestRespond(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	status := call{method: "GET", path: "/things/status", action: "DescribeStatus"}
	header := http.Header{"x-acs-request-id": {"MINE"}, "X-Ratelimit-User": {"Limit:1,Remain:0,TimeLeft:2"}}
	srv.Respond("DescribeStatus", Response{Status: 429, Header: header, Body: `{"code":"Throttling.User"}`})
	header.Set("X-Ratelimit-User", "changed later")
	srv.Respond("DescribeStatus", Response{Body: "<html>", Header: http.Header{"Content-Type": {"text/html"}}})

	wrong := status
	wrong.secret = "wrong"
	assert.Equal(t, "SignatureDoesNotMatch", wrong.do(t, srv).code, "a script does not get around the signature")
	other := call{method: "GET", path: "/things", action: "ListThings"}
	assert.Equal(t, 200, other.do(t, srv).status)

	first := srv.do(t, status)
	assert.Equal(t, 429, first.status)
	assert.Equal(t, []string{"MINE"}, first.header.Values("x-acs-request-id"))
	assert.Equal(t, "Limit:1,Remain:0,TimeLeft:2", first.header.Get("X-Ratelimit-User"))
	assert.Equal(t, "application/json", first.header.Get("Content-Type"))
	second := srv.do(t, status)
	assert.Equal(t, []any{200, "<html>", "text/html"}, []any{second.status, second.body, second.header.Get("Content-Type")})
	assert.JSONEq(t, `{"a":"running"}`, srv.do(t, status).body)

	requests := srv.Requests()
	assert.Equal(t, "MINE", requests[2].RequestID)
	assert.PanicsWithError(t, "acktest: script response: the spec has no operation describeStatus, did you mean DescribeStatus?",
		func() { srv.Respond("describeStatus", Response{}) })
	assert.PanicsWithError(t, "acktest: script response of DescribeStatus: status 99 is not between 200 and 599",
		func() { srv.Respond("DescribeStatus", Response{Status: 99}) })
}

// do sends a call whose error body carries no request id.
func (s *Server) do(t *testing.T, c call) outcome {
	t.Helper()
	res, err := s.HTTPClient().Do(c.request(t, s.URL))
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	var b strings.Builder
	_, err = bufio.NewReader(res.Body).WriteTo(&b)
	require.NoError(t, err)
	return outcome{status: res.StatusCode, header: res.Header, body: b.String()}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	const workers, each = 8, 12
	responses := make([]outcome, workers*each)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range each {
				c := call{method: "POST", path: "/things", action: "CreateThing", body: `{"name":"n","labels":{"a":"b"}}`, roa: w%2 == 0}
				if i%3 == 0 {
					srv.Respond("DeleteThing", Response{Status: 202})
					c = call{method: "DELETE", path: "/things/1", action: "DeleteThing", roa: w%2 == 0}
				}
				responses[w*each+i] = c.do(t, srv)
				_ = srv.Requests()
			}
		})
	}
	wg.Wait()
	ids := make(map[string]bool)
	for _, out := range responses {
		assert.Equal(t, http.StatusAccepted, out.status, out.message)
		ids[out.header.Get("x-acs-request-id")] = true
	}
	assert.Len(t, ids, workers*each)
	assert.Len(t, srv.Requests(), workers*each)
}

func TestOptionErrors(t *testing.T) {
	t.Parallel()
	api, err := smallSpec()
	require.NoError(t, err)
	for name, opts := range map[string][]Option{
		"id or secret is empty": {WithCredentials("", "s", "")},
		"is given twice":        {WithCredentials("a", "s", ""), WithCredentials("a", "s", "")},
		"the function is nil":   {WithClock(nil)},
	} {
		srv, err := start(api, opts...)
		assert.ErrorContains(t, err, name)
		assert.Nil(t, srv)
	}
}

func TestCloseTwice(t *testing.T) {
	t.Parallel()
	api, err := smallSpec()
	require.NoError(t, err)
	srv, err := start(api)
	require.NoError(t, err)
	srv.Close()
	srv.Close()
	res, err := srv.HTTPClient().Do(call{method: "GET", path: "/things", action: "ListThings"}.request(t, srv.URL))
	if !assert.Error(t, err) {
		_ = res.Body.Close()
	}
}

func TestLoadSpecErrors(t *testing.T) {
	t.Parallel()
	small, err := os.ReadFile("testdata/small.yaml")
	require.NoError(t, err)
	tests := []struct{ name, old, replacement, want string }{
		{"broken", "openapi: 3.0.3", "openapi: [", "load spec"},
		{"id twice", "operationId: DeleteThing", "operationId: ScaleThing", "operation ScaleThing is defined twice"},
		{"dangling", "schemas/Thing\"", "schemas/Nothing\"", "Nothing"},
		{"Swagger", "openapi: 3.0.3", "swagger: '2.0'", "Swagger 2.0 has to be converted"},
		{"version", "openapi: 3.0.3", "openapi: 4.0.0", "OpenAPI 4.0.0 is not supported"},
		{"nothing", "paths:", "x-paths:", "paths are missing"},
		{"file", "#/components/schemas/Tag", "tag.yaml", "tag.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, string(small), tt.old)
			_, err := loadSpec([]byte(strings.Replace(string(small), tt.old, tt.replacement, 1)))
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
