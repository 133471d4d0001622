// Package pki is the certificate authority of a fake cluster. It signs the
// certificate of the API server and those of clients, revokes the latter, and
// tells whose a certificate is.
//
// Certificates of clients are valid in the time of the fake, which the caller
// gives to each function. Those of the authority and of the server are
// valid for a hundred years, as clients check them by their own clock.
//
// # Imports
//
// It may import the standard library.
package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"sync"
	"time"
)

// Since when and until when authorities and servers are valid.
var (
	begin = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	end   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// ErrRefused says that a certificate lets nobody in: it is missing, of another
// authority, expired, not valid yet, or revoked.
var ErrRefused = errors.New("the certificate is refused")

// An Authority signs the certificates of one cluster. Make one with [New] or
// [Restore]. It is safe for concurrent use.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pool        *x509.CertPool

	mu      sync.Mutex
	issued  int64
	revoked Revoked
}

// Revoked says which certificates are revoked: single ones by their serial
// number, and those of a user up to the serial number that was the last.
type Revoked struct {
	Serials map[int64]bool   `json:"serials,omitempty"`
	Users   map[string]int64 `json:"users,omitempty"`
}

// A Snapshot is all that an authority consists of. It holds its key: keep it secret.
type Snapshot struct {
	Certificate string  `json:"certificate"` // PEM
	Key         string  `json:"key"`         // PEM
	Issued      int64   `json:"issued"`
	Revoked     Revoked `json:"revoked"`
}

// String returns a text without the key.
func (Snapshot) String() string { return "snapshot of an authority" }

// GoString returns the same as String.
func (s Snapshot) GoString() string { return s.String() }

// A Client is a certificate that was issued. It holds its key: keep it secret.
type Client struct {
	Certificate []byte // PEM
	Key         []byte // PEM
	Serial      int64
	NotAfter    time.Time
}

// String returns a text without the key.
func (Client) String() string { return "certificate of a client" }

// GoString returns the same as String.
func (c Client) GoString() string { return c.String() }

// A User is the one that a certificate was issued for.
type User struct {
	Name   string
	Groups []string
}

// New makes an authority.
func New() (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key of authority: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "kubernetes"}, NotBefore: begin, NotAfter: end,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("sign authority: %w", err)
	}
	return newAuthority(der, key)
}

func newAuthority(der []byte, key *ecdsa.PrivateKey) (*Authority, error) {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read certificate of authority: %w", err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	return &Authority{
		certificate: certificate, key: key, pool: pool, issued: 1,
		revoked: Revoked{Serials: map[int64]bool{}, Users: map[string]int64{}},
	}, nil
}

// CA returns the certificate of the authority in PEM.
func (a *Authority) CA() []byte { return encode("CERTIFICATE", a.certificate.Raw) }

// Server returns a new certificate for a server with these names and addresses.
func (a *Authority) Server(names []string, addresses []net.IP) (tls.Certificate, error) {
	der, key, _, err := a.sign(&x509.Certificate{
		Subject: pkix.Name{CommonName: "kube-apiserver"}, NotBefore: begin, NotAfter: end,
		DNSNames: names, IPAddresses: addresses, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// Issue returns a new certificate for a user, valid from a little before now
// until notAfter.
func (a *Authority) Issue(user User, now, notAfter time.Time) (Client, error) {
	der, key, serial, err := a.sign(&x509.Certificate{
		Subject:   pkix.Name{CommonName: user.Name, Organization: user.Groups},
		NotBefore: now.Add(-5 * time.Minute), NotAfter: notAfter, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return Client{}, err
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return Client{}, fmt.Errorf("encode key: %w", err)
	}
	return Client{
		Certificate: encode("CERTIFICATE", der), Key: encode("EC PRIVATE KEY", keyDER), Serial: serial, NotAfter: notAfter,
	}, nil
}

// sign makes a key and a certificate for it.
func (a *Authority) sign(template *x509.Certificate) (der []byte, key *ecdsa.PrivateKey, serial int64, err error) {
	a.mu.Lock()
	a.issued++
	serial = a.issued
	a.mu.Unlock()
	if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, nil, 0, fmt.Errorf("make key: %w", err)
	}
	template.SerialNumber, template.KeyUsage = big.NewInt(serial), x509.KeyUsageDigitalSignature
	if der, err = x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key); err != nil {
		return nil, nil, 0, fmt.Errorf("sign certificate: %w", err)
	}
	return der, key, serial, nil
}

// Revoke makes one certificate useless.
func (a *Authority) Revoke(serial int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.revoked.Serials[serial] = true
}

// RevokeUser makes all certificates useless that the user has got so far.
func (a *Authority) RevokeUser(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.revoked.Users[name] = a.issued
}

// Verify returns the user of the certificates that a client has shown. All
// errors are [ErrRefused] and say why.
func (a *Authority) Verify(shown []*x509.Certificate, now time.Time) (User, error) {
	if len(shown) == 0 {
		return User{}, fmt.Errorf("%w: there is none", ErrRefused)
	}
	leaf := shown[0]
	_, err := leaf.Verify(x509.VerifyOptions{Roots: a.pool, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	if err != nil {
		return User{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	user := User{Name: leaf.Subject.CommonName, Groups: leaf.Subject.Organization}
	a.mu.Lock()
	defer a.mu.Unlock()
	serial := leaf.SerialNumber.Int64()
	if a.revoked.Serials[serial] || serial <= a.revoked.Users[user.Name] {
		return User{}, fmt.Errorf("%w: it is revoked", ErrRefused)
	}
	return user, nil
}

func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
