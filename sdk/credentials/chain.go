package credentials

import (
	"context"
	"errors"

	"github.com/ackgen/ackgen/sdk/internal/refresh"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Default looks where Alibaba Cloud's own SDKs look, in their order:
//
//  1. the environment ([Environment]),
//  2. RRSA, the RAM role of a Kubernetes service account ([OIDC]),
//  3. the current profile of the Alibaba Cloud CLI ([CLIProfile]),
//  4. the default profile of the SDKs' credentials file ([Profile]),
//  5. the RAM role of the ECS instance ([ECSRole]),
//  6. the URI in ALIBABA_CLOUD_CREDENTIALS_URI ([URI]).
//
// The first that has credentials is used from then on. One that is configured
// but fails ends the search with its error: see [ErrNotConfigured]. Outside of
// ECS the search takes up to two seconds more, unless
// ALIBABA_CLOUD_ECS_METADATA_DISABLED is true.
func Default() *Provider {
	return chain("default chain",
		Environment(), OIDC(OIDCOptions{}), CLIProfile(CLIProfileOptions{}), Profile(""), ECSRole(ECSRoleOptions{}), URI(URIOptions{}))
}

// Chain asks providers in turn and keeps to the first that has credentials. It
// goes on to the next after an error that matches [ErrNotConfigured], and stops
// at any other.
func Chain(first roa.CredentialsProvider, others ...roa.CredentialsProvider) *Provider {
	return chain("chain", append([]roa.CredentialsProvider{first}, others...)...)
}

func chain(name string, members ...roa.CredentialsProvider) *Provider {
	// The search for a provider runs once; the provider keeps its credentials.
	cache := refresh.New(func(ctx context.Context) (refresh.Lease[roa.CredentialsProvider], error) {
		failed := &ChainError{Chain: name}
		for _, m := range members {
			if m == nil {
				failed.Attempts = append(failed.Attempts, errors.New("a provider is nil"))
				return refresh.Lease[roa.CredentialsProvider]{}, failed
			}
			_, err := m.Credentials(ctx)
			if err == nil {
				return refresh.Lease[roa.CredentialsProvider]{Value: m}, nil
			}
			failed.Attempts = append(failed.Attempts, err)
			if !errors.Is(err, ErrNotConfigured) {
				break
			}
		}
		return refresh.Lease[roa.CredentialsProvider]{}, failed
	})
	return &Provider{get: func(ctx context.Context) (roa.Credentials, error) {
		member, err := cache.Get(ctx)
		if err != nil {
			if _, ok := errors.AsType[*ChainError](err); !ok {
				err = &ChainError{Chain: name, Attempts: []error{err}}
			}
			return roa.Credentials{}, err
		}
		return member.Credentials(ctx)
	}}
}
