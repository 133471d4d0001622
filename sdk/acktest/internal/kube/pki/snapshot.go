package pki

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
)

// Snapshot returns what [Restore] makes the same authority of.
func (a *Authority) Snapshot() (Snapshot, error) {
	key, err := x509.MarshalECPrivateKey(a.key)
	if err != nil {
		return Snapshot{}, fmt.Errorf("encode key of authority: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return Snapshot{
		Certificate: string(a.CA()), Key: string(encode("EC PRIVATE KEY", key)), Issued: a.issued,
		Revoked: Revoked{Serials: maps.Clone(a.revoked.Serials), Users: maps.Clone(a.revoked.Users)},
	}, nil
}

// Restore makes an authority of a snapshot. Its errors do not quote the snapshot.
func Restore(s Snapshot) (*Authority, error) {
	certificate, _ := pem.Decode([]byte(s.Certificate))
	keyBlock, _ := pem.Decode([]byte(s.Key))
	if certificate == nil || keyBlock == nil {
		return nil, errors.New("restore authority: certificate or key is not PEM")
	}
	key, err := x509.ParseECPrivateKey(keyBlock.Bytes)
	if err != nil {
		return nil, errors.New("restore authority: the key cannot be read")
	}
	a, err := newAuthority(certificate.Bytes, key)
	if err != nil {
		return nil, err
	}
	if !key.PublicKey.Equal(a.certificate.PublicKey) {
		return nil, errors.New("restore authority: the key is not that of the certificate")
	}
	a.issued = max(s.Issued, 1)
	maps.Copy(a.revoked.Serials, s.Revoked.Serials)
	maps.Copy(a.revoked.Users, s.Revoked.Users)
	return a, nil
}
