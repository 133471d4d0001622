package pki_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

var now = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// issue returns the certificate of a new client.
func issue(t *testing.T, a *pki.Authority, name string, notAfter time.Time) ([]*x509.Certificate, pki.Client) {
	t.Helper()
	client, err := a.Issue(pki.User{Name: name, Groups: []string{"dev", "ops"}}, now, notAfter)
	require.NoError(t, err)
	pair, err := tls.X509KeyPair(client.Certificate, client.Key)
	require.NoError(t, err)
	return []*x509.Certificate{pair.Leaf}, client
}

func TestVerify(t *testing.T) {
	t.Parallel()
	a, err := pki.New()
	require.NoError(t, err)
	shown, client := issue(t, a, "me", now.Add(time.Hour))
	assert.Equal(t, client.Serial, shown[0].SerialNumber.Int64())
	assert.Equal(t, now.Add(time.Hour), client.NotAfter)
	user, err := a.Verify(shown, now)
	require.NoError(t, err)
	assert.Equal(t, "me", user.Name)
	assert.ElementsMatch(t, []string{"dev", "ops"}, user.Groups)

	for _, at := range []time.Time{now.Add(time.Hour + time.Second), now.Add(-time.Hour)} {
		_, err = a.Verify(shown, at)
		require.ErrorIs(t, err, pki.ErrRefused)
	}
	_, err = a.Verify(nil, now)
	require.ErrorIs(t, err, pki.ErrRefused)
	other, err := pki.New()
	require.NoError(t, err)
	_, err = other.Verify(shown, now)
	require.ErrorIs(t, err, pki.ErrRefused)
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	a, err := pki.New()
	require.NoError(t, err)
	first, one := issue(t, a, "me", now.Add(time.Hour))
	second, _ := issue(t, a, "me", now.Add(time.Hour))
	others, _ := issue(t, a, "you", now.Add(time.Hour))
	a.Revoke(one.Serial)
	_, err = a.Verify(first, now)
	require.ErrorIs(t, err, pki.ErrRefused)
	_, err = a.Verify(second, now)
	require.NoError(t, err)
	a.RevokeUser("me")
	_, err = a.Verify(second, now)
	require.ErrorIs(t, err, pki.ErrRefused)
	_, err = a.Verify(others, now)
	require.NoError(t, err)
	third, _ := issue(t, a, "me", now.Add(time.Hour))
	_, err = a.Verify(third, now)
	require.NoError(t, err, "one that was issued later")
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	a, err := pki.New()
	require.NoError(t, err)
	kept, _ := issue(t, a, "me", now.Add(time.Hour))
	revoked, client := issue(t, a, "me", now.Add(time.Hour))
	a.Revoke(client.Serial)
	snapshot, err := a.Snapshot()
	require.NoError(t, err)
	text, err := json.Marshal(snapshot)
	require.NoError(t, err)
	var read pki.Snapshot
	require.NoError(t, json.Unmarshal(text, &read))
	b, err := pki.Restore(read)
	require.NoError(t, err)
	assert.Equal(t, a.CA(), b.CA())
	_, err = b.Verify(kept, now)
	require.NoError(t, err)
	_, err = b.Verify(revoked, now)
	require.ErrorIs(t, err, pki.ErrRefused)
	_, next := issue(t, b, "me", now.Add(time.Hour))
	assert.Greater(t, next.Serial, client.Serial, "serial numbers go on")
	again, err := b.Snapshot()
	require.NoError(t, err)
	assert.Equal(t, snapshot.Certificate, again.Certificate)
	assert.True(t, snapshot.Key == again.Key, "the key is another one") // the message of Equal would hold the keys
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	a, err := pki.New()
	require.NoError(t, err)
	b, err := pki.New()
	require.NoError(t, err)
	one, err := a.Snapshot()
	require.NoError(t, err)
	two, err := b.Snapshot()
	require.NoError(t, err)
	tests := []struct {
		snapshot pki.Snapshot
		want     string
	}{
		{pki.Snapshot{}, "not PEM"},
		{pki.Snapshot{Certificate: one.Certificate, Key: one.Certificate}, "the key cannot be read"},
		{pki.Snapshot{Certificate: one.Key, Key: one.Key}, "read certificate of authority"},
		{pki.Snapshot{Certificate: one.Certificate, Key: two.Key}, "the key is not that of the certificate"},
	}
	for _, tt := range tests {
		_, err := pki.Restore(tt.snapshot)
		require.ErrorContains(t, err, tt.want)
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	t.Parallel()
	a, err := pki.New()
	require.NoError(t, err)
	_, client := issue(t, a, "me", now.Add(time.Hour))
	snapshot, err := a.Snapshot()
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		assert.Equal(t, "certificate of a client", fmt.Sprintf(verb, client))
		assert.Equal(t, "snapshot of an authority", fmt.Sprintf(verb, snapshot))
	}
}
