package roa

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// noCredentials fails when someone asks.
type noCredentials struct{ t *testing.T }

func (c noCredentials) Credentials(context.Context) (Credentials, error) {
	c.t.Error("credentials were asked for")
	return Credentials{}, nil
}

func TestAnonymousOperation(t *testing.T) {
	t.Parallel()
	op := Operation{Name: "Login", Method: "POST", Path: "/login", Anonymous: true}
	for _, signature := range []Signature{ACS3HMACSHA256, ROAHMACSHA1} {
		rec := new(recorder)
		c := newTestClient(t, rec, WithCredentials(noCredentials{t}), WithSignature(signature))
		req := NewRequest(&op, nil)
		req.Body(&part{Name: "n"})
		require.NoError(t, c.Do(t.Context(), req, nil, nil, nil))
		h := rec.requests[0].Header
		assert.Equal(t, "Login", h.Get("X-Acs-Action"))
		assert.Equal(t, "application/json; charset=utf-8", h.Get("Content-Type"))
		assert.JSONEq(t, `{"name":"n"}`, rec.bodies[0])
		for key := range h {
			assert.False(t, key == "Authorization" || key == "Date" || strings.Contains(key, "Signature") || strings.Contains(key, "Token"), key)
		}
	}
}

func TestEndpointOfOperation(t *testing.T) {
	t.Parallel()
	op := Operation{Name: "Own", Method: "GET", Path: "/own", Endpoint: "own.{region}.example.com"}
	for name, tt := range map[string]struct {
		opts []Option
		want string
		err  string
	}{
		"region":     {[]Option{WithRegion("cn-beijing")}, "https://own.cn-beijing.example.com/own", ""},
		"vpc":        {[]Option{WithRegion("cn-beijing"), WithVPC()}, "https://own.cn-beijing.example.com/own", ""},
		"endpoint":   {[]Option{WithRegion("cn-beijing"), WithEndpoint("other.example.com:8443")}, "https://other.example.com:8443/own", ""},
		"plain http": {[]Option{WithEndpoint("http://127.0.0.1:80"), WithPlainHTTP()}, "http://127.0.0.1:80/own", ""},
		"no region":  {[]Option{WithCentralEndpoint()}, "", "ack: Own: region is missing: use WithRegion, or WithEndpoint for a fixed host"},
	} {
		var sent *http.Request
		transport := roundTrip(func(req *http.Request) (*http.Response, error) {
			sent = req
			return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Header: http.Header{}}, nil
		})
		service := fixtureService
		service.VPCEndpoint, service.CentralEndpoint = "vpc.{region}.example.com", "central.example.com"
		c, err := NewClient(&service, append(tt.opts, WithCredentials(StaticCredentials("id", "secret", "")), WithTransport(transport))...)
		require.NoError(t, err, name)
		err = c.Do(t.Context(), NewRequest(&op, nil), nil, nil, nil)
		if tt.err != "" {
			require.EqualError(t, err, tt.err, name)
			continue
		}
		require.NoError(t, err, name)
		assert.Equal(t, tt.want, sent.URL.String(), name)
		assert.Equal(t, sent.URL.Host, sent.Host, name)
	}
}
