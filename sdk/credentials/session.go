package credentials

import (
	"context"
	"errors"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"

	"github.com/ackgen/ackgen/sdk/internal/refresh"
	"github.com/ackgen/ackgen/sdk/roa"
)

// credentials-go keeps what it got, does not tell until when that is valid, and
// fetches anew when less than three minutes are left. So it is asked again every
// minute, in the background; what it said is not used for longer than two. That
// leaves a minute in the worst case.
const (
	askAgain = time.Minute
	discard  = 2 * time.Minute
)

// backend is a provider of credentials-go, or something with its methods. It need not be safe for
// concurrent use: a session never calls it twice at once.
type backend interface {
	GetCredentials() (*providers.Credentials, error)
}

// session makes a provider of a backend that is built when it is first needed,
// and built anew after it failed, in case its files have changed.
func session(name string, build func(context.Context) (backend, error)) *Provider {
	var inner backend // fetches never overlap
	var src *source
	cache := refresh.New(func(ctx context.Context) (refresh.Lease[roa.Credentials], error) {
		var none refresh.Lease[roa.Credentials]
		if inner == nil {
			built, err := build(ctx)
			if err != nil {
				return none, err
			}
			inner, src = unwrapSource(built)
		}
		if src != nil {
			src.ctx = ctx
		}
		now := time.Now()
		c, err := ask(inner)
		if err != nil {
			inner = nil
			return none, err
		}
		return refresh.Lease[roa.Credentials]{Value: c, Refresh: now.Add(askAgain), Expire: now.Add(discard)}, nil
	})
	return &Provider{name: name, get: cache.Get}
}

// ask calls a backend. Some of those in credentials-go panic when a response lacks a
// field.
func ask(b backend) (c roa.Credentials, err error) {
	defer func() {
		if recover() != nil {
			c, err = roa.Credentials{}, errIncomplete
		}
	}()
	got, err := b.GetCredentials()
	switch {
	case err != nil:
		return roa.Credentials{}, cause(err)
	case got == nil || got.AccessKeyId == "" || got.AccessKeySecret == "":
		return roa.Credentials{}, errIncomplete
	}
	return roa.Credentials{
		AccessKeyID:     got.AccessKeyId,
		AccessKeySecret: roa.Secret(got.AccessKeySecret),
		SecurityToken:   roa.Secret(got.SecurityToken),
	}, nil
}

var errIncomplete = errors.New("the response is incomplete")

// source makes a provider of ours one of credentials-go.
type source struct {
	provider roa.CredentialsProvider
	ctx      context.Context // of the fetch under way
}

// sourceError marks errors that come from a provider of ours, and so may be shown.
type sourceError struct{ error }

func (e *sourceError) Unwrap() error { return e.error }

// GetCredentials asks the provider.
func (s *source) GetCredentials() (*providers.Credentials, error) {
	c, err := s.provider.Credentials(s.ctx)
	if err != nil {
		return nil, &sourceError{err}
	}
	return &providers.Credentials{
		AccessKeyId:     c.AccessKeyID,
		AccessKeySecret: c.AccessKeySecret.Reveal(),
		SecurityToken:   c.SecurityToken.Reveal(),
	}, nil
}

// GetProviderName returns nothing: it would be sent in a header.
func (s *source) GetProviderName() string { return "" }

// sourced is a backend that starts from credentials of ours.
type sourced struct {
	backend
	source *source
}

func unwrapSource(b backend) (backend, *source) {
	if s, ok := b.(sourced); ok {
		return s.backend, s.source
	}
	return b, nil
}
