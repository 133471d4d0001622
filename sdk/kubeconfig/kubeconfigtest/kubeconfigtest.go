// Package kubeconfigtest runs API servers for tests: TLS servers on this
// machine that let in only those who have a kubeconfig from here.
//
// # Imports
//
// The package imports the standard library, with testing and
// net/http/httptest, sdk/ack, sdk/kubeconfig and sdk/roa. Only tests should import it.
package kubeconfigtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Server is an API server with certificates of its own.
type Server struct {
	*Authority
	*httptest.Server
}

// NewServer starts a server that responds with the handler and stops with the
// test. It demands a client certificate from one of its kubeconfigs: see
// [Server.Kubeconfig] and [Server.API].
func NewServer(t testing.TB, handler http.Handler) *Server {
	t.Helper()
	authority := NewAuthority(t)
	clients := x509.NewCertPool()
	clients.AddCert(authority.certificate)
	certPEM, keyPEM := authority.issue("kube-apiserver", time.Hour, x509.ExtKeyUsageServerAuth)
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		t.Fatalf("make certificate of server: %v", err)
	}
	srv := httptest.NewUnstartedServer(handler)
	srv.EnableHTTP2 = true
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // clients that are turned away are part of tests
	srv.TLS = &tls.Config{
		Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MinVersion: tls.VersionTLS12,
	}
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return &Server{Authority: authority, Server: srv}
}

// Kubeconfig returns a new kubeconfig for the server, valid for that long.
func (s *Server) Kubeconfig(valid time.Duration) roa.Secret {
	return s.Authority.Kubeconfig(s.URL, valid)
}

// API returns a fake of the operation that gives out kubeconfigs of the server.
func (s *Server) API() *API { return &API{authority: s.Authority, server: s.URL} }

// Authority signs the certificates of a cluster.
type Authority struct {
	t           testing.TB
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// NewAuthority makes an authority without a server.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	a := &Authority{t: t}
	a.certificate, a.key = a.sign(&x509.Certificate{
		Subject: pkix.Name{CommonName: "kubernetes"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, 24*time.Hour)
	return a
}

// Kubeconfig returns a new kubeconfig for an API server with that URL, valid
// for that long.
func (a *Authority) Kubeconfig(server string, valid time.Duration) roa.Secret {
	certPEM, keyPEM := a.issue("kubernetes-admin", valid, x509.ExtKeyUsageClientAuth)
	return roa.Secret(strings.NewReplacer(
		"SERVER", server,
		"AUTHORITY", base64.StdEncoding.EncodeToString(encode("CERTIFICATE", a.certificate.Raw)),
		"CERTIFICATE", base64.StdEncoding.EncodeToString(certPEM),
		"KEY", base64.StdEncoding.EncodeToString(keyPEM),
	).Replace(template))
}

const template = `
apiVersion: v1
clusters:
- cluster:
    server: SERVER
    certificate-authority-data: AUTHORITY
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: "200012345678901234"
  name: 200012345678901234-c82e6987e2961451182edacd74faf1234
current-context: 200012345678901234-c82e6987e2961451182edacd74faf1234
kind: Config
preferences: {}
users:
- name: "200012345678901234"
  user:
    client-certificate-data: CERTIFICATE
    client-key-data: KEY
`

// issue returns a certificate and its key in PEM.
func (a *Authority) issue(name string, valid time.Duration, usage x509.ExtKeyUsage) (certPEM, keyPEM []byte) {
	a.t.Helper()
	cert, key := a.sign(&x509.Certificate{
		Subject:     pkix.Name{CommonName: name, Organization: []string{"system:masters"}},
		ExtKeyUsage: []x509.ExtKeyUsage{usage},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}, valid)
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		a.t.Fatalf("encode key: %v", err)
	}
	return encode("CERTIFICATE", cert.Raw), encode("EC PRIVATE KEY", der)
}

// sign makes a key and a certificate for it. Without an authority it signs itself.
func (a *Authority) sign(c *x509.Certificate, valid time.Duration) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatalf("make key: %v", err)
	}
	if c.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<62)); err != nil {
		a.t.Fatalf("make serial number: %v", err)
	}
	c.NotBefore, c.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(valid)
	parent, parentKey := a.certificate, a.key
	if parent == nil {
		parent, parentKey = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, parentKey)
	if err != nil {
		a.t.Fatalf("sign certificate: %v", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatalf("read certificate: %v", err)
	}
	return cert, key
}

func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// API is a fake [kubeconfig.API].
type API struct {
	authority *Authority
	server    string
	calls     atomic.Int64
}

var _ kubeconfig.API = (*API)(nil)

// Calls returns how many kubeconfigs were given out.
func (a *API) Calls() int { return int(a.calls.Load()) }

// DescribeClusterUserKubeconfig returns a new kubeconfig. It is valid for
// TemporaryDurationMinutes, or an hour.
func (a *API) DescribeClusterUserKubeconfig(_ context.Context, in *ack.DescribeClusterUserKubeconfigRequest, _ ...roa.CallOption) (*ack.DescribeClusterUserKubeconfigResponse, error) {
	a.calls.Add(1)
	valid := time.Hour
	if in.TemporaryDurationMinutes != nil {
		valid = time.Duration(*in.TemporaryDurationMinutes) * time.Minute
	}
	return &ack.DescribeClusterUserKubeconfigResponse{Kubeconfig: ack.Kubeconfig{
		Config:     a.authority.Kubeconfig(a.server, valid),
		Expiration: time.Now().Add(valid).UTC(),
	}}, nil
}
