package credentials

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

// sources returns one provider for each kind of service, all of which talk to a server.
func sources(t *testing.T, http HTTPOptions, respond http.HandlerFunc) map[string]roa.CredentialsProvider {
	t.Helper()
	secure, plain := newServer(t, true, respond), newServer(t, false, respond)
	sts := STSOptions{Endpoint: secure.host()}
	via := http
	via.Proxy = plain.URL
	return map[string]roa.CredentialsProvider{
		"RAM role":        RAMRole(RAMRoleOptions{Source: Static("id", hidden), RoleARN: role, STS: sts, HTTP: http}),
		"OIDC":            OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: writeFile(t, hidden), STS: sts, HTTP: http}),
		"credentials URI": URI(URIOptions{URI: plain.URL + "/?" + hidden, HTTP: http}),
		"ECS metadata":    ECSRole(ECSRoleOptions{RoleName: "r", HTTP: via}),
	}
}

// TestServicesThatMisbehave lets every source meet the same bad response.
func TestServicesThatMisbehave(t *testing.T) {
	t.Parallel()
	const refused, incomplete = "the service responded with ", "the response is incomplete"
	expired := `{"Code":"Success","AccessKeyId":"id","AccessKeySecret":"hidden","SecurityToken":"hidden","Expiration":"2020-01-01T00:00:00Z"`
	respond := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	tests := []struct {
		name          string
		respond       http.HandlerFunc
		uri, sts, ecs string // how the error ends
	}{
		{"expired", respond(200, expired+`,"Credentials":`+expired+`}}`), errExpired.Error(), errExpired.Error(), errExpired.Error()},
		{
			"status", respond(500, `{"Code":"Busy","Message":"hidden","RequestId":"964E0EC5-575B"}`),
			refused + "status 500, code Busy, request id 964E0EC5-575B", refused + "code Busy, request id 964E0EC5-575B", refused + "status 500",
		},
		{"not JSON", respond(200, hidden), "the response is not the JSON of credentials", incomplete, incomplete},
		{"nothing", respond(200, "{}"), incomplete, incomplete, incomplete},
		{"no expiration", respond(200, strings.ReplaceAll(expired, "Expiration", "Other")+`}`), incomplete, incomplete, incomplete},
		{"not a time", respond(200, strings.ReplaceAll(expired+`,"Credentials":`+expired+`}}`, "2020-", "hidden")), errExpiration.Error(), errExpiration.Error(), errExpiration.Error()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := map[string]string{"RAM role": tt.sts, "OIDC": tt.sts, "credentials URI": tt.uri, "ECS metadata": tt.ecs}
			for name, p := range sources(t, HTTPOptions{}, tt.respond) {
				err := failure(t, p, "get credentials from "+name+": "+want[name])
				assert.NotErrorIs(t, err, ErrNotConfigured)
			}
		})
	}
}

// TestEndlessResponses has services that do not stop, whatever the status.
func TestEndlessResponses(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusForbidden} {
		for name, p := range sources(t, HTTPOptions{}, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat(hidden, 1000)); err != nil {
					return
				}
			}
		}) {
			err := failure(t, p, "get credentials from "+name+": the response is larger than 64 KiB")
			assert.NotErrorIs(t, err, ErrNotConfigured)
		}
	}
}

// TestPackedResponses has a few bytes that unpack into many.
func TestPackedResponses(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	pack := gzip.NewWriter(&packed)
	_, err := io.WriteString(pack, `{"Code":"`+strings.Repeat("x", 1<<20)+`"}`)
	require.NoError(t, err)
	require.NoError(t, pack.Close())
	require.Less(t, packed.Len(), 8<<10)
	packing := sources(t, HTTPOptions{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	for _, name := range []string{"credentials URI", "ECS metadata"} {
		fails(t, packing[name], "get credentials from "+name+": the response is larger than 64 KiB")
	}
	for _, name := range []string{"RAM role", "OIDC"} { // nobody unpacks for them
		fails(t, packing[name], "get credentials from "+name+": the response is incomplete")
	}
}

// TestServicesThatBreak has responses that end the connection or are not of HTTP.
func TestServicesThatBreak(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, want string }{
		{"not HTTP", "hidden hidden\r\n\r\n", "reach the service: the response is not one of HTTP"},
		{"header without a colon", "HTTP/1.1 200 OK\r\nhidden\r\n\r\n", "reach the service: the response is not one of HTTP"},
		{"header without end", "HTTP/1.1 200 OK\r\nA: " + strings.Repeat(hidden, 100_000), "reach the service: the response is not one of HTTP"},
		{"cut off", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhidden", "reach the service: unexpected EOF"},
		{"nothing", "", "reach the service: EOF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := newServer(t, false, func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if assert.NoError(t, err) {
					_, _ = io.WriteString(conn, tt.raw)
					_ = conn.Close()
				}
			})
			err := failure(t, URI(URIOptions{URI: srv.URL + "/?" + hidden}), "get credentials from credentials URI: "+tt.want)
			for ; err != nil; err = errors.Unwrap(err) {
				assert.NotContains(t, err.Error(), hidden, "programs print causes, too")
			}
		})
	}
	plain := newServer(t, false, nil)
	fails(t, URI(URIOptions{URI: "https://" + plain.host() + "/hidden"}), "reach the service: http: server gave HTTP response to HTTPS client")
	secure := newServer(t, true, nil)
	_, port, err := net.SplitHostPort(secure.host())
	require.NoError(t, err)
	fails(t, URI(URIOptions{URI: "https://localhost:" + port + "/hidden"}), "reach the service: tls: failed to verify certificate: x509: ")
}

// hangUp ends a connection without a word, not even one of TLS.
func hangUp(t *testing.T, w http.ResponseWriter) {
	t.Helper()
	conn, _, err := http.NewResponseController(w).Hijack()
	if !assert.NoError(t, err) {
		return
	}
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	assert.NoError(t, conn.Close())
}

// TestTheLastFailureCounts has services whose first response breaks off, after which
// credentials-go asks again without a token.
func TestTheLastFailureCounts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		size   int
		want   string
	}{
		"refused":   {http.StatusNotFound, 0, "no RAM role is attached to the instance"},
		"too large": {http.StatusOK, maxResponse + 1, "the response is larger than 64 KiB"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := newServer(t, false, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPut {
					hangUp(t, w)
					return
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, strings.Repeat("x", tt.size))
			})
			p := ECSRole(ECSRoleOptions{RoleName: "r", AllowIMDSv1: true, HTTP: HTTPOptions{Proxy: srv.URL}})
			fails(t, p, "get credentials from ECS metadata: "+tt.want)
			assert.Len(t, srv.seen(), 2)
		})
	}
}

// TestConnectionsThatEnd has a service with TLS that ends the connection: nobody waits
// for the rest.
func TestConnectionsThatEnd(t *testing.T) {
	t.Parallel()
	srv := newServer(t, true, func(w http.ResponseWriter, _ *http.Request) { hangUp(t, w) })
	limits := HTTPOptions{ReadTimeout: time.Hour}
	fails(t, RAMRole(RAMRoleOptions{Source: Static("id", hidden), RoleARN: role, STS: STSOptions{Endpoint: srv.host()}, HTTP: limits}), "reach the service: ")
}

// TestReadTimeout has a service that accepts and is silent. Connecting could take an hour.
func TestReadTimeout(t *testing.T) {
	t.Parallel()
	silent := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the end of the connection is noticed after the body only
		<-r.Context().Done()
	}
	for name, p := range sources(t, HTTPOptions{ConnectTimeout: time.Hour, ReadTimeout: 50 * time.Millisecond}, silent) {
		if name == "ECS metadata" {
			require.ErrorIs(t, failure(t, p, "the metadata service does not respond"), ErrNotConfigured)
			continue
		}
		fails(t, p, "reach the service: context deadline exceeded")
	}
}
