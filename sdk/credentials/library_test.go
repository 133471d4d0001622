package credentials

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// libraryFunc is a provider of credentials-go that a test writes.
type libraryFunc func() (*providers.Credentials, error)

func (f libraryFunc) GetCredentials() (*providers.Credentials, error) { return f() }

func TestAskSurvivesTheLibrary(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		say  libraryFunc
		want error
	}{
		{"an error that may hold a secret", func() (*providers.Credentials, error) { return nil, errors.New("hidden response") }, errUnknown},
		{"panic", func() (*providers.Credentials, error) { _ = strings.Repeat("x", -len(hidden)); return nil, errUnknown }, errIncomplete},
		{"nothing", func() (*providers.Credentials, error) { return nil, nil }, errIncomplete}, // what credentials-go does, too
		{"no token", func() (*providers.Credentials, error) {
			return &providers.Credentials{AccessKeyId: "id", AccessKeySecret: hidden}, nil
		}, errIncomplete},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := ask(tt.say)
			require.ErrorIs(t, err, tt.want)
		})
	}
}

// TestAskKnowsTheExpiration has what the providers of credentials-go keep, as it does not tell.
func TestAskKnowsTheExpiration(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		good := libraryFunc(func() (*providers.Credentials, error) {
			return &providers.Credentials{AccessKeyId: "id", AccessKeySecret: hidden, SecurityToken: hidden}, nil
		})
		type library struct {
			libraryFunc

			expirationTimestamp int64
		}
		got, err := ask(&library{good, time.Now().Add(time.Hour).Unix()})
		require.NoError(t, err)
		assert.True(t, got.Refresh.Equal(time.Now().Add(48*time.Minute)))
		_, err = ask(&library{good, time.Now().Unix()})
		require.ErrorIs(t, err, errExpired)

		for name, unknown := range map[string]interface {
			GetCredentials() (*providers.Credentials, error)
		}{"a version without the field": good, "a provider that was not asked": &library{good, 0}} {
			got, err = ask(unknown)
			require.NoError(t, err, name)
			assert.True(t, got.Refresh.Equal(time.Now().Add(askAgain)), name)
			assert.True(t, got.Expire.Equal(time.Now().Add(discard)), name)
		}
	})
}

// TestLibraryKeepsTheExpiration notices a version of credentials-go whose providers keep it elsewhere.
func TestLibraryKeepsTheExpiration(t *testing.T) {
	t.Parallel()
	srv := newSTS(t, func(map[string]string) string { return stsResponse("id") })
	sts := STSOptions{Endpoint: srv.host()}
	service := metadataService(t, true)
	for name, fetch := range map[string]func() (lease, error){
		"RAM role": func() (lease, error) {
			return RAMRoleOptions{Source: Static("id", hidden), RoleARN: role, STS: sts}.fetch(t.Context())
		},
		"OIDC": func() (lease, error) {
			return OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: writeFile(t, hidden), STS: sts}.fetch(t.Context())
		},
		"ECS metadata": func() (lease, error) {
			return ECSRoleOptions{HTTP: HTTPOptions{Proxy: service.URL}}.fetch(t.Context())
		},
	} {
		got, err := fetch()
		require.NoError(t, err, name)
		assert.WithinDuration(t, time.Now().Add(48*time.Minute), got.Refresh, time.Minute, name)
	}
}
