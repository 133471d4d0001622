package roa

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// authority vouches for hosts.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return authority{cert, key}
}

// vouch returns a certificate for a host, which is good from now to its end.
func (a authority) vouch(t *testing.T, host string, life time.Duration, usage x509.ExtKeyUsage) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(life), ExtKeyUsage: []x509.ExtKeyUsage{usage},
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestHostileTLS calls servers that cannot show who they are. The request stays where it is.
func TestHostileTLS(t *testing.T) {
	t.Parallel()
	const host = "cs.cn-beijing.aliyuncs.com"
	known, unknown := newAuthority(t), newAuthority(t)
	good := known.vouch(t, host, time.Hour, x509.ExtKeyUsageServerAuth)
	for name, tt := range map[string]struct {
		cert   tls.Certificate
		newest uint16
		want   string // "": the call succeeds, which shows that the test would see a request
	}{
		"as it should be":       {good, 0, ""},
		"of another host":       {known.vouch(t, "cs.example.com", time.Hour, x509.ExtKeyUsageServerAuth), 0, "not " + host},
		"of a part of the host": {known.vouch(t, "aliyuncs.com", time.Hour, x509.ExtKeyUsageServerAuth), 0, "not " + host},
		"expired":               {known.vouch(t, host, -time.Minute, x509.ExtKeyUsageServerAuth), 0, "expired"},
		"of clients":            {known.vouch(t, host, time.Hour, x509.ExtKeyUsageClientAuth), 0, "incompatible key usage"},
		"signed by nobody":      {unknown.vouch(t, host, time.Hour, x509.ExtKeyUsageServerAuth), 0, "unknown authority"},
		"TLS 1.1":               {good, tls.VersionTLS11, "protocol version"},
		"TLS 1.0":               {good, tls.VersionTLS10, "protocol version"},
	} {
		for _, proxied := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, by a proxy: %v", name, proxied), func(t *testing.T) {
				t.Parallel()
				var tried, requests atomic.Int32
				server := faultlessServer(t, &tls.Config{Certificates: []tls.Certificate{tt.cert}, MinVersion: tls.VersionTLS10, MaxVersion: tt.newest}, &requests) //nolint:gosec // means harm
				c, err := NewClient(&fixtureService, WithEndpoint("https://"+host), WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)))
				require.NoError(t, err)
				transport := baseTransport(t, c.http)
				transport.Proxy = nil
				if proxied {
					transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy.example.com"})
					server = tunnel(t, server)
				}
				pool := x509.NewCertPool()
				pool.AddCert(known.cert)
				transport.TLSClientConfig.RootCAs = pool // the rest is as the client has it
				dial := new(net.Dialer).DialContext
				transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
					tried.Add(1)
					return dial(ctx, network, server)
				}
				_, err = get(t.Context(), c)
				c.CloseIdleConnections()
				if tt.want == "" {
					require.NoError(t, err)
					assert.EqualValues(t, 1, requests.Load())
					return
				}
				require.ErrorContains(t, err, tt.want)
				class, connections := "tls", 1
				if tt.newest != 0 { // crypto/tls has no type for that error, so that it is taken for one of the network
					class, connections = "connection", 3
				}
				assert.Equal(t, class, ErrorClass(err))
				assert.EqualValues(t, connections, tried.Load(), "connections")
				assert.Zero(t, requests.Load())
				checkHidden(t, err)
				assertPrintable(t, err.Error())
			})
		}
	}
}

// tunnel is a proxy that connects to one server, whatever it is asked for.
func tunnel(t *testing.T, server string) string {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		service, err := new(net.Dialer).DialContext(r.Context(), "tcp", server)
		if err != nil || r.Method != http.MethodConnect {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer func() { _ = service.Close() }()
		client, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = client.Close() }()
		_, _ = io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
		go func() {
			_, _ = io.Copy(service, client)
			_ = service.Close()
		}()
		_, _ = io.Copy(client, service)
	}))
	t.Cleanup(proxy.Close)
	return proxy.Listener.Addr().String()
}

// faultlessServer responds to all, and counts what it can read.
func faultlessServer(t *testing.T, config *tls.Config, requests *atomic.Int32) string {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	require.NoError(t, err)
	server := &http.Server{ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		_, _ = io.WriteString(w, `{"id":"x"}`)
	})}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}
