package roa

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClockSkew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const ahead = 47 * time.Minute
		expired := func() step {
			return code(400, "InvalidTimeStamp.Expired", "Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		}
		s := &script{steps: []step{expired(), stepOK}}
		c := scriptClient(t, s)
		require.NoError(t, do(t.Context(), c, &opCreate), "nothing was done, so that this holds for unsafe operations too")
		require.NoError(t, do(t.Context(), c, &opGet))
		assert.Empty(t, s.gaps()[0], "there is no reason to wait")
		for i, want := range []time.Duration{0, ahead, ahead} {
			at, err := time.Parse(time.RFC3339, s.requests[i].Header.Get(keyAcsDate))
			require.NoError(t, err)
			assert.WithinDuration(t, s.times[i].Add(want), at, time.Second)
		}

		// The correction does not help: one extra attempt, no more.
		s = &script{steps: []step{expired()}}
		err := do(t.Context(), scriptClient(t, s), &opGet)
		assert.Len(t, s.requests, 2)
		require.ErrorIs(t, err, ErrUnauthenticated)
		assert.Contains(t, err.Error(), "after 2 attempts")

		// The extra attempt does not count for the policy.
		s = &script{steps: []step{expired(), {status: 503}}}
		require.Error(t, do(t.Context(), scriptClient(t, s), &opGet))
		assert.Len(t, s.requests, 4)

		// Without retries, the next call profits.
		s = &script{steps: []step{expired(), stepOK}}
		c = scriptClient(t, s, WithoutRetry())
		require.Error(t, do(t.Context(), c, &opGet))
		require.NoError(t, do(t.Context(), c, &opGet))
		assert.Len(t, s.requests, 2)

		// Clocks that agree, or nearly, are not the reason.
		for _, ahead := range []time.Duration{0, 40 * time.Second, -40 * time.Second} {
			s = &script{steps: []step{code(400, "InvalidTimeStamp.Expired", "Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))}}
			require.Error(t, do(t.Context(), scriptClient(t, s), &opGet))
			assert.Len(t, s.requests, 1, "%v ahead", ahead)
		}
	})
}

func TestRetryBudget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{{status: 503}}}
		c := scriptClient(t, s, WithRetryBudget(3))
		for range 4 {
			require.Error(t, do(t.Context(), c, &opGet))
		}
		assert.Len(t, s.requests, 4+3)

		s.steps = []step{stepOK}
		for range 10 {
			require.NoError(t, do(t.Context(), c, &opGet))
		}
		s.steps, s.requests = []step{{status: 503}}, nil
		require.Error(t, do(t.Context(), c, &opGet))
		assert.Len(t, s.requests, 2, "ten successes give one retry back")

		c = scriptClient(t, s, WithRetryBudget(11))
		for range 10 {
			s.steps, s.requests, s.times = []step{{status: 503}, stepOK}, nil, nil
			require.NoError(t, do(t.Context(), c, &opGet))
		}
		s.steps, s.requests = []step{{status: 503}}, nil
		require.Error(t, do(t.Context(), c, &opGet))
		assert.Len(t, s.requests, 2, "a success that took a retry gives nothing back")

		c = scriptClient(t, s, WithRetryBudget(3))
		s.steps = []step{stepOK}
		for range 1000 {
			require.NoError(t, do(t.Context(), c, &opGet))
		}
		assert.Equal(t, int64(30), c.budget.left.Load(), "the budget has a limit")
	})
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{stepOK}}
		c := scriptClient(t, s, WithRateLimit(2, 1))
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { assert.NoError(t, do(t.Context(), c, &opGet)) })
		}
		wg.Wait()
		for _, gap := range s.gaps() {
			assert.InDelta(t, 500*time.Millisecond, gap, float64(time.Millisecond))
		}
		err := do(t.Context(), c, &opGet, CallTimeout(time.Millisecond))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.ErrorContains(t, err, "ack: DescribeThing: wait for rate limit: ")
		assert.Len(t, s.requests, 4)
		assert.Equal(t, "timeout", ErrorClass(err))

		late := scriptClient(t, s, WithRateLimiter(limiterFunc(func(context.Context) error { return context.DeadlineExceeded })))
		err = do(t.Context(), late, &opGet, CallTimeout(time.Hour))
		assert.EqualError(t, err, "ack: DescribeThing: wait for rate limit: context deadline exceeded", "it is said once")
	})
}

func TestRetryOptionsReject(t *testing.T) {
	t.Parallel()
	for want, opt := range map[string]Option{
		"max attempts is 0: want 1 or more":                                    WithMaxAttempts(0),
		"retry budget is -1: want 1 or more":                                   WithRetryBudget(-1),
		"rate limit is malformed: want a rate and a burst above zero":          WithRateLimit(0, 1),
		"middleware is nil":                                                    WithMiddleware(nil),
		"middleware returned no transport":                                     WithMiddleware(func(http.RoundTripper) http.RoundTripper { return nil }),
		"service has no VPC endpoints: leave WithVPC out, or use WithEndpoint": WithVPC(),
	} {
		c, err := NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials("a", "b", "")), opt)
		assert.Nil(t, c)
		assert.EqualError(t, err, "ack: create client: "+want)
	}
}

func TestNewToken(t *testing.T) {
	t.Parallel()
	c := scriptClient(t, &script{})
	assert.NotEqual(t, c.NewToken(), c.NewToken())
	assert.Regexp(t, "^[0-9a-f]{32}$", c.NewToken())
}

// TestUnsafeOverHTTP2 has streams that break after the request arrived, and
// connections that are refused.
func TestUnsafeOverHTTP2(t *testing.T) {
	t.Parallel()
	var requests, http2 atomic.Int32
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.ProtoMajor == 2 {
			http2.Add(1)
		}
		panic(http.ErrAbortHandler) //nolint:forbidigo // the way to break a stream
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)
	attempts := 0
	c := scriptClient(t, nil, WithEndpoint(srv.URL), WithTransport(srv.Client().Transport), WithRetry(DefaultRetryPolicy{BaseDelay: 1}),
		WithAttemptHook(func(Attempt) { attempts++ }))
	require.Error(t, do(t.Context(), c, &opCreate))
	assert.Equal(t, int32(1), requests.Load())
	assert.Equal(t, int32(1), http2.Load())
	require.Error(t, do(t.Context(), c, &opToken))
	assert.Equal(t, int32(4), requests.Load())

	srv.Close()
	attempts = 0
	require.Error(t, do(t.Context(), c, &opCreate))
	assert.Equal(t, 3, attempts, "nobody is there, so nothing can have been done")
}

// TestClockSkewEnds has services whose clock cannot be followed.
func TestClockSkewEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		expired := func(ahead time.Duration) step {
			return code(400, "InvalidTimeStamp.Expired", "Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		}
		s := &script{steps: []step{expired(time.Hour), expired(2 * time.Hour), expired(3 * time.Hour), stepOK}}
		c := scriptClient(t, s)
		require.Error(t, do(t.Context(), c, &opCreate), "there is one attempt for free")
		assert.Len(t, s.requests, 2)

		// A correction that was in use and did not help is not news.
		s.steps, s.requests = []step{expired(2 * time.Hour)}, nil
		require.Error(t, do(t.Context(), c, &opCreate))
		assert.Len(t, s.requests, 1)

		// The clock of this machine was set right: the correction is undone.
		s.steps, s.requests, s.times = []step{expired(0), stepOK}, nil, nil
		require.NoError(t, do(t.Context(), c, &opCreate))
		require.Len(t, s.requests, 2)
		at, err := time.Parse(time.RFC3339, s.requests[1].Header.Get(keyAcsDate))
		require.NoError(t, err)
		assert.WithinDuration(t, time.Now(), at, time.Second)
	})
}

// TestOneAttemptIsOne counts what a call sends that asked for one attempt, even
// where a corrected clock would be good for another.
func TestOneAttemptIsOne(t *testing.T) {
	t.Parallel()
	for _, opt := range []CallOption{CallWithoutRetry(), CallMaxAttempts(1)} {
		s := &script{steps: []step{code(400, "InvalidTimeStamp.Expired", "Date", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)), stepOK}}
		require.Error(t, do(t.Context(), scriptClient(t, s), &opGet, opt))
		assert.Len(t, s.requests, 1, opt.String())
	}
}
