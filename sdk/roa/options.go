package roa

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

// DefaultMaxResponseSize is the largest response that a client reads unless
// [WithMaxResponseSize] says otherwise: 16 MiB.
const DefaultMaxResponseSize = 16 << 20

// Option configures a client. Later options win over earlier ones; mistakes are
// reported by [NewClient].
type Option func(*settings)

// settings are the options before they are checked.
type settings struct {
	route

	credentials CredentialsProvider
	signature   Signature
	httpClient  *http.Client
	transport   http.RoundTripper
	// connectTimeout is 0 unless it was given.
	connectTimeout time.Duration
	middleware     []func(http.RoundTripper) http.RoundTripper
	userAgent      string
	maxResponse    int64
	retry          RetryPolicy
	budget         *retryBudget
	limiter        RateLimiter
	sleep          sleepFunc
	hooks          []func(Attempt)

	// Options that few programs name bring what they need, so that a program
	// links only what it names.
	log        func(Attempt)
	driftHooks []func(Drift)
	newDrifts  func() driftLogger
	validate   func(op *Operation, in any) error
	dump       dumper

	err error // the first mistake that an option found itself
}

// watchers returns all that are told about attempts, the log first.
func (s *settings) watchers() []func(Attempt) {
	if s.log == nil {
		return s.hooks
	}
	return append([]func(Attempt){s.log}, s.hooks...)
}

func (s *settings) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// WithRegion sets the region, such as "cn-beijing". It chooses the endpoint
// unless [WithEndpoint] does, and is sent with every request. Required unless
// there is an endpoint.
func WithRegion(region string) Option { return func(s *settings) { s.region = region } }

// WithEndpoint sends requests to this host, written as "host", "host:port" or
// "https://host:port". A path, a query or a user is an error.
func WithEndpoint(endpoint string) Option { return func(s *settings) { s.endpoint = endpoint } }

// WithVPC sends requests to the endpoint of the region that can only be reached
// from inside Alibaba Cloud's networks. [WithEndpoint] wins over it. A region
// without such an endpoint is an error.
func WithVPC() Option { return func(s *settings) { s.vpc = true } }

// WithCentralEndpoint sends requests to the endpoint that serves every region.
// The region is then optional. [WithEndpoint] wins over it.
func WithCentralEndpoint() Option { return func(s *settings) { s.central = true } }

// WithPlainHTTP allows an endpoint that starts with http://. Anyone on the way
// can then read the requests; it is for tests and for proxies on this machine.
func WithPlainHTTP() Option { return func(s *settings) { s.plainHTTP = true } }

// WithCredentials sets where credentials come from. Required.
func WithCredentials(p CredentialsProvider) Option { return func(s *settings) { s.credentials = p } }

// WithSignature chooses the signature algorithm. The default is
// [ACS3HMACSHA256].
func WithSignature(sig Signature) Option { return func(s *settings) { s.signature = sig } }

// WithHTTPClient sends requests through a copy of this client, keeping its
// transport, cookies and timeout, which limits each attempt. Redirects are not followed, whatever it says about
// them. The default is a client with connections of its own, proxies as
// in net/http, and time limits for connecting and for the first byte of a response.
func WithHTTPClient(c *http.Client) Option { return func(s *settings) { s.httpClient = c } }

// WithUserAgent adds a text, such as "myprogram/1.2", to the User-Agent header.
func WithUserAgent(suffix string) Option { return func(s *settings) { s.userAgent = suffix } }

// WithMaxResponseSize sets the largest response that is read, in bytes after
// decompression. Its values may take as much memory as that, or 16 times the length
// of the response if that is more. A larger one is an [ErrResponseTooLarge]. The
// default is [DefaultMaxResponseSize]; zero and less mean the default.
func WithMaxResponseSize(bytes int64) Option { return func(s *settings) { s.maxResponse = bytes } }

// WithTransport sends requests through this RoundTripper, in place of the
// transport that the client of [WithHTTPClient] has.
//
// An [*http.Transport] sends the request of an attempt again by itself when a connection
// turns out to be dead; it is allowed to do so once ([Attempt] tells). How often another
// RoundTripper sends a request is its own matter.
func WithTransport(t http.RoundTripper) Option { return func(s *settings) { s.transport = t } }

// WithConnectTimeout limits how long it takes to make a connection, from the look-up of the
// name over what proxies do to the end of the TLS handshake. The default is
// [DefaultConnectTimeout]; it must be above zero. Looking up and connecting alone may take
// 10 seconds at most, and so may TLS. It is for the client's own transport: together with
// [WithTransport] or [WithHTTPClient] it is an error.
func WithConnectTimeout(limit time.Duration) Option {
	return func(s *settings) {
		if s.connectTimeout = limit; limit <= 0 {
			s.fail(fmt.Errorf("connect timeout is %v: want a time above zero", limit))
		}
	}
}

// WithMiddleware puts a layer around the transport. The first one that is
// given is the outermost. A layer sees each attempt, signed: it may read, delay,
// refuse a request or respond to it, but a change of the method, the URL, the body or an
// X-Acs- field breaks the signature.
func WithMiddleware(layer func(http.RoundTripper) http.RoundTripper) Option {
	return func(s *settings) { s.middleware = append(s.middleware, layer) }
}

// WithRetry replaces the policy that decides when a failed request is sent
// again. The default is the zero [DefaultRetryPolicy]; nil means [WithoutRetry].
func WithRetry(p RetryPolicy) Option { return func(s *settings) { s.retry = p } }

// WithMaxAttempts keeps the default policy, with this number of attempts
// including the first. It must be at least 1.
func WithMaxAttempts(n int) Option {
	return func(s *settings) {
		if n < 1 {
			s.fail(fmt.Errorf("max attempts is %d: want 1 or more", n))
		}
		s.retry = DefaultRetryPolicy{MaxAttempts: n}
	}
}

// WithoutRetry sends every request once.
func WithoutRetry() Option { return func(s *settings) { s.retry = nil } }

// WithRetryBudget limits how many retries all calls of a client make together,
// so that many callers do not multiply the load of a service that is down. The
// budget starts with this number of retries, each retry takes one, and ten
// calls that succeed at the first attempt give one back. When it is used up, failed
// calls return at once. It must be at least 1; without this option there is no limit.
func WithRetryBudget(retries int) Option {
	return func(s *settings) {
		if retries < 1 || retries > math.MaxInt32 {
			s.fail(fmt.Errorf("retry budget is %d: want 1 or more", retries))
			return
		}
		s.budget = newRetryBudget(retries)
	}
}

// WithRateLimit sends at most so many requests per second, retries included,
// with bursts of up to so many at once. Calls wait for their turn, as long as
// their context allows. Both numbers must be above zero.
func WithRateLimit(perSecond float64, burst int) Option {
	return func(s *settings) {
		if !(perSecond > 0) || burst < 1 {
			s.fail(errors.New("rate limit is malformed: want a rate and a burst above zero"))
			return
		}
		s.limiter = rate.NewLimiter(rate.Limit(perSecond), burst)
	}
}

// WithRateLimiter makes every attempt wait for this limiter, which several
// clients can share. A [*rate.Limiter] of golang.org/x/time is one. Nil means no limit.
func WithRateLimiter(l RateLimiter) Option { return func(s *settings) { s.limiter = l } }

// WithSleep makes the client wait by a function in place of real time, between attempts
// and, where it polls for one, in a wait, whose [WaitTimeout] counts those times. The
// function returns when d is over, or early with an error when the context ends. It must
// be safe for concurrent use. A fake server whose clock can be stepped gives one, so that
// no test waits; deadlines of contexts, connections and rate limits stay in real time. nil
// is real time, the default.
func WithSleep(sleep func(ctx context.Context, d time.Duration) error) Option {
	return func(s *settings) { s.sleep = sleep }
}

// WithLogger logs every attempt: operation, status, error code, request id,
// duration and what happens next. Attempts that are followed by another are warnings,
// all others are of level debug. Nothing of requests and responses is logged beside
// these. Nil means no log.
func WithLogger(l *slog.Logger) Option {
	return func(s *settings) {
		if s.log = nil; l != nil {
			s.log = func(a Attempt) { logAttempt(l, &a) }
		}
	}
}

// WithAttemptHook calls a function after each attempt, in the goroutine of the
// call. It is for metrics and must be safe for concurrent use. Several hooks are
// called in their order; nil is ignored.
func WithAttemptHook(hook func(Attempt)) Option {
	return func(s *settings) {
		if hook != nil {
			s.hooks = append(s.hooks, hook)
		}
	}
}

// WithDriftHook calls a function for every place where a response differs from
// its declared type: unknown fields, and values of another type. Each place is told
// once per response, and at most 1000 places are. Several hooks are called in their
// order; nil is ignored. Without a hook nobody looks, and nothing is paid.
//
// A hook is called in the goroutine of the call, after the response was decoded, and
// must be safe for concurrent use. It gets a copy, and can change neither the
// result nor the error of the call. A panic of a hook is not recovered: it unwinds
// through the call like one of the caller's own code, and leaves nothing open.
func WithDriftHook(hook func(Drift)) Option {
	return func(s *settings) {
		if hook != nil {
			s.driftHooks = append(s.driftHooks, hook)
			hooks := s.driftHooks
			s.newDrifts = func() driftLogger { return &driftLog{hooks: hooks} }
		}
	}
}

// WithValidation checks every request against the limits that its fields carry
// before anything is sent: what is required, ranges, lengths and patterns. A
// request that breaks some is a [*ValidationError]. The limits are those of the
// documentation at the time the SDK was made; a call that must go beyond them
// uses [CallWithoutValidation]. By default the service alone checks requests.
func WithValidation() Option { return func(s *settings) { s.validate = validateRequest } }
