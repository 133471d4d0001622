package acktest

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/roa"
)

type queryFilter struct {
	Name string     `json:"name,omitzero"`
	Key  roa.Secret `json:"key,omitzero"`
	Tags []string   `json:"tags,omitzero"`
}

var (
	opQuery  = roa.Operation{Name: "ListThings", Method: "GET", Path: "/things"}
	opLogin  = roa.Operation{Name: "Login", Method: "POST", Path: "/login", Anonymous: true}
	opUpload = roa.Operation{Name: "Upload", Method: "PUT", Path: "/files", Response: roa.ResponseStream, ContentType: "application/octet-stream"}
)

// newQueries starts a server of operations that send more than ACK's do, and a client of it.
func newQueries(t *testing.T, opts ...roa.Option) (*Server, *roa.Client) {
	t.Helper()
	bundle, err := os.ReadFile("testdata/query.yaml")
	require.NoError(t, err)
	srv, err := Start(WithSpec(bundle))
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	client, err := roa.NewClient(&roa.Service{Name: "things", Version: "2015-12-15"}, append(srv.Options(), opts...)...)
	require.NoError(t, err)
	return srv, client
}

var signatures = []roa.Signature{roa.ACS3HMACSHA256, roa.ROAHMACSHA1}

// TestEveryKindOfParameter sends what the server signs again with code of its own.
func TestEveryKindOfParameter(t *testing.T) {
	t.Parallel()
	for _, signature := range signatures {
		srv, client := newQueries(t, roa.WithSignature(signature))
		filter := queryFilter{Name: "a b&c", Key: "CANARY", Tags: []string{"z", "a,", "ü"}}
		req := roa.NewRequest(&opQuery, nil)
		req.QueryEach("ids", []int64{9, 1, 5})
		req.Query("names", []string{"b", "a"})
		req.Header("x-acs-level", int32(3))
		req.Header("X-Kind", "kind")
		req.QueryDeep("deep", &filter)
		req.QueryFlat("Flat", []queryFilter{filter})
		req.QueryFields("fields", map[string]any{"color": "", "sizes": []string{"2", "10", "1"}})
		require.NoError(t, client.Do(t.Context(), req, nil, nil, nil), signature)
		assert.Equal(t, map[string][]string{
			"ids": {"9", "1", "5"}, "names": {"b,a"}, "color": {""}, "sizes": {"2", "10", "1"},
			"deep[name]": {"a b&c"}, "deep[key]": {gateway.Redacted}, "deep[tags]": {"z", "a,", "ü"},
			"Flat.1.name": {"a b&c"}, "Flat.1.key": {gateway.Redacted}, "Flat.1.tags.1": {"z"}, "Flat.1.tags.2": {"a,"}, "Flat.1.tags.3": {"ü"},
		}, map[string][]string(srv.Requests()[0].Query))
	}
}

func TestBadParameters(t *testing.T) {
	t.Parallel()
	for want, set := range map[string]func(*roa.Request){
		`query parameter "names": given more than once`:              func(r *roa.Request) { r.QueryEach("names", []string{"a", "b"}) },
		`query parameter "deep" at /name: value must be a string`:    func(r *roa.Request) { r.QueryEach("deep[name]", []string{"a", "b"}) },
		`query parameter "Flat" at /0/name: value must be a string`:  func(r *roa.Request) { r.QueryEach("Flat.1.name", []string{"a", "b"}) },
		`query parameter "fields": ListThings has no such parameter`: func(r *roa.Request) { r.Query("fields", "a") },
		`query parameter "deeper": ListThings has no such parameter`: func(r *roa.Request) { r.Query("deeper", "a") },
		`query parameter "ids" at /1: number must be at most 9`:      func(r *roa.Request) { r.QueryEach("ids", []int64{1, 10}) },
		`header parameter "x-acs-level": number must be at most 9`:   func(r *roa.Request) { r.Header("x-acs-level", 10) },
		`header parameter "X-Kind": maximum string length is 4`:      func(r *roa.Request) { r.Header("X-Kind", "kinds") },
	} {
		_, client := newQueries(t)
		req := roa.NewRequest(&opQuery, nil)
		set(req)
		assert.ErrorContains(t, client.Do(t.Context(), req, nil, nil, nil), want)
	}
}

func TestAnonymousOperation(t *testing.T) {
	t.Parallel()
	for _, signature := range signatures {
		_, client := newQueries(t, roa.WithSignature(signature))
		req := roa.NewRequest(&opLogin, nil)
		req.Form(map[string]any{"name": "a b", "tags": []string{"x", "y"}})
		require.NoError(t, client.Do(t.Context(), req, nil, nil, nil))
		req = roa.NewRequest(&opLogin, nil)
		req.Form(map[string]any{"tags": []string{"x"}})
		require.ErrorContains(t, client.Do(t.Context(), req, nil, nil, nil), "name")
	}
}

func TestStreams(t *testing.T) {
	t.Parallel()
	for _, signature := range signatures {
		_, client := newQueries(t, roa.WithSignature(signature))
		req := roa.NewRequest(&opUpload, nil)
		req.Stream(strings.NewReader("\x00\x01\xff"))
		var body roa.ReadCloser
		require.NoError(t, client.Do(t.Context(), req, &body, nil, nil))
		got, err := io.ReadAll(body)
		require.NoError(t, err)
		require.NoError(t, body.Close())
		assert.Equal(t, "\x01 bytes", string(got))
	}
}
