package gateway

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
func sendRaw(t *testing.T, srv *server, text string) outcome {
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
	assert.Equal(t, Record{
		Operation: "CreateThing", Method: "POST", Caller: testID, Path: "/things", Status: 400, ErrorCode: "InvalidParameter",
		RequestID: first.header.Get("x-acs-request-id"),
		Header:    http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}, "User-Agent": {"Go-http-client/1.1"}},
		Body: map[string]any{
			"name": "n", "count": json.Number("7"), "login_password": Redacted, "login_passwort": Redacted,
			"labels": map[string]any{"a": "b"}, "config": map[string]any{"x": json.Number("1")},
			"free":   map[string]any{"y": []any{json.Number("2")}},
			"tags":   []any{map[string]any{"key": "k", "secret": Redacted}},
			"parent": map[string]any{"login_password": Redacted},
		},
	}, got[0])
	assert.Equal(t, url.Values{"force": {"true"}, "key": {Redacted}}, got[1].Query)
	assert.Equal(t, 200, got[1].Status)
	assert.Equal(t, []any{"", "/nowhere", 404, "InvalidApi.NotFound"}, []any{got[2].Operation, got[2].Path, got[2].Status, got[2].ErrorCode})
	assert.Nil(t, got[3].Body)
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
			_, err := Load([]byte(strings.Replace(string(small), tt.old, tt.replacement, 1)))
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
