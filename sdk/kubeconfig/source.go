package kubeconfig

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/internal/refresh"
	"github.com/ackgen/ackgen/sdk/roa"
)

// API is the operation that gives out kubeconfigs: an [ack.Client], a mock, or
// another [ack.KubeconfigAPI].
type API interface {
	DescribeClusterUserKubeconfig(ctx context.Context, in *ack.DescribeClusterUserKubeconfigRequest, opts ...roa.CallOption) (*ack.DescribeClusterUserKubeconfigResponse, error)
}

var _ API = ack.KubeconfigAPI(nil)

// Fetch asks ACK for a kubeconfig and checks it. The fields of the request
// choose the public or the private address, and how long it is valid.
func Fetch(ctx context.Context, api API, in *ack.DescribeClusterUserKubeconfigRequest, opts ...roa.CallOption) (*Config, error) {
	out, err := api.DescribeClusterUserKubeconfig(ctx, in, opts...)
	switch {
	case err != nil:
		return nil, err
	case out == nil:
		return nil, errors.New("fetch kubeconfig: the response is empty")
	}
	c, err := Parse(out.Config)
	if err != nil {
		return nil, err
	}
	if !out.Expiration.IsZero() && (c.expires.IsZero() || out.Expiration.Before(c.expires)) {
		c.expires = out.Expiration
	}
	return c, nil
}

// Source keeps the kubeconfig of a cluster and fetches the next before it
// expires: when a fifth of its time is left, but not more than an hour early. It
// is safe for concurrent use, and asks ACK once however many goroutines need it.
// After a fetch failed, calls get its error for a second before ACK is asked again, and
// for up to half a minute after more failures.
type Source struct {
	cache  *refresh.Cache[*Config]
	client *http.Client
}

// NewSource makes a source. It does not use the network yet. A copy of the
// request is kept. Ask for a short validity with TemporaryDurationMinutes: a
// source renews it, and a stolen kubeconfig soon ends.
func NewSource(api API, in *ack.DescribeClusterUserKubeconfigRequest, opts ...roa.CallOption) *Source {
	var request *ack.DescribeClusterUserKubeconfigRequest
	if in != nil {
		request = new(*in)
	}
	s := new(Source)
	var last *Config // fetches never overlap
	s.cache = refresh.New(func(ctx context.Context) (refresh.Lease[*Config], error) {
		c, err := Fetch(ctx, api, request, opts...)
		if err != nil {
			return refresh.Lease[*Config]{}, err
		}
		now := time.Now()
		if !c.expires.IsZero() && !now.Before(c.expires) {
			return refresh.Lease[*Config]{}, fmt.Errorf("fetch kubeconfig: it expired at %s", c.expires.UTC().Format(time.RFC3339))
		}
		if last != nil {
			last.roundTripper().CloseIdleConnections()
		}
		last = c
		if c.expires.IsZero() { // a token, whose end is not known
			return refresh.Lease[*Config]{Value: c, Refresh: now.Add(unknownEnd), Expire: now.Add(2 * unknownEnd)}, nil
		}
		return refresh.Until(c, now, c.expires), nil
	})
	s.client = newClient(&following{source: s})
	return s
}

// unknownEnd is how long a kubeconfig with a token is used.
const unknownEnd = 10 * time.Minute

// Config returns the current kubeconfig. It waits only while there is none that
// works, until the context ends; the fetch goes on for others then.
func (s *Source) Config(ctx context.Context) (*Config, error) { return s.cache.Get(ctx) }

// HTTPClient returns a client for the API server that follows the renewals: every
// request uses the current kubeconfig. It is otherwise like that of
// [Config.HTTPClient]. A source has one client.
func (s *Source) HTTPClient() *http.Client { return s.client }

// following sends each request with the current kubeconfig.
type following struct {
	source *Source
	last   atomic.Pointer[transport]
}

// RoundTrip sends a request.
func (f *following) RoundTrip(req *http.Request) (*http.Response, error) {
	c, err := f.source.Config(req.Context())
	if err != nil {
		closeBody(req)
		return nil, err
	}
	rt := c.roundTripper()
	f.last.Store(rt)
	return rt.RoundTrip(req)
}

// CloseIdleConnections closes the connections that are not in use.
func (f *following) CloseIdleConnections() {
	if rt := f.last.Load(); rt != nil {
		rt.CloseIdleConnections()
	}
}
