package roa

import (
	"context"
	"errors"
	"math"
	"net/http"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestUnsafeNeedsCertainty has transports that fail and report how far they got.
// HTTP/2 reports that the header is out only after it is, and from another
// goroutine, so that a failure may come between: its beginning counts.
func TestUnsafeNeedsCertainty(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		report func(*httptrace.ClientTrace)
		err    error
		want   int
	}{
		"looked for a connection":    {func(tr *httptrace.ClientTrace) { tr.GetConn("h:443") }, errReset, 3},
		"began to write":             {func(tr *httptrace.ClientTrace) { tr.GetConn("h:443"); tr.WroteHeaderField("Host", []string{"h"}) }, errReset, 1},
		"wrote the header":           {func(tr *httptrace.ClientTrace) { tr.GetConn("h:443"); tr.WroteHeaders() }, errReset, 1},
		"wrote, then could not dial": {func(tr *httptrace.ClientTrace) { tr.WroteHeaders() }, errRefused, 1},
		"no report, could not dial":  {nil, errRefused, 3},
		"no report":                  {nil, errReset, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			c := scriptClient(t, nil, WithRetry(DefaultRetryPolicy{BaseDelay: 1}), WithTransport(roundTrip(func(req *http.Request) (*http.Response, error) {
				if n++; tt.report != nil {
					tt.report(httptrace.ContextClientTrace(req.Context()))
				}
				return nil, tt.err
			})))
			require.ErrorIs(t, do(t.Context(), c, &opCreate), tt.err)
			assert.Equal(t, tt.want, n)
		})
	}
}

// TestHookMayKeepErrors hands errors to another goroutine, as a hook for metrics
// does; the race detector watches.
func TestHookMayKeepErrors(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept := make(chan error, 8)
		texts := make(chan string, 8)
		go func() {
			defer close(texts)
			for err := range kept {
				texts <- err.Error()
			}
		}()
		s := &script{steps: []step{code(503, "ServiceUnavailable"), {err: errReset}}}
		c := scriptClient(t, s, WithAttemptHook(func(a Attempt) { kept <- a.Err }))
		err := do(t.Context(), c, &opGet)
		close(kept)
		apiErr, ok := errors.AsType[*APIError](err)
		require.True(t, ok)
		assert.Equal(t, 3, apiErr.Attempts)
		assert.Equal(t, "ack: DescribeThing: 503 ServiceUnavailable: m (request R)", <-texts)

		s = &script{steps: []step{{status: 503}}}
		var attempts []int
		c = scriptClient(t, s, WithAttemptHook(func(a Attempt) {
			apiErr, _ := errors.AsType[*APIError](a.Err)
			attempts = append(attempts, apiErr.Attempts)
		}))
		require.Error(t, do(t.Context(), c, &opGet))
		assert.Equal(t, []int{1, 2, 3}, attempts, "a hook sees what is known by then")
	})
}

// TestAttemptsCountWhatWasSent ends calls before their last attempt is sent.
func TestAttemptsCountWhatWasSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := 0
		flaky := CredentialsFunc(func(context.Context) (Credentials, error) {
			if n++; n > 1 {
				return Credentials{}, errors.New("no token")
			}
			return Credentials{AccessKeyID: "a", AccessKeySecret: "b"}, nil
		})
		s := &script{steps: []step{code(503, "ServiceUnavailable")}}
		err := do(t.Context(), scriptClient(t, s, WithCredentials(flaky)), &opGet)
		retryErr, ok := errors.AsType[*RetryError](err)
		require.True(t, ok)
		assert.Len(t, s.requests, 1)
		assert.Equal(t, 1, retryErr.Attempts)
		apiErr, ok := errors.AsType[*APIError](err)
		require.True(t, ok)
		assert.Equal(t, 1, apiErr.Attempts)
	})
}

// TestAttemptsDoNotMix has a policy that tries again after a response that breaks
// off within its JSON, or that has a value of the wrong type.
func TestAttemptsDoNotMix(t *testing.T) {
	t.Parallel()
	for _, first := range []string{`{"id":"first","tags":["a"`, `{"id":"first","count":"two"}`} {
		s := &script{steps: []step{{status: 200, body: first}, {status: 200, body: `{"size":3}`}}}
		out, err := get(t.Context(), scriptClient(t, s, WithRetry(fixed(-1))))
		require.NoError(t, err)
		assert.Len(t, s.requests, 2)
		assert.Equal(t, int32(3), out.Size)
		assert.Empty(t, out.ID)
		assert.Empty(t, out.Tags)
	}
}

// TestDelaysDoNotOverflow has limits that no one waits for.
func TestDelaysDoNotOverflow(t *testing.T) {
	t.Parallel()
	forever := DefaultRetryPolicy{MaxAttempts: math.MaxInt, MaxDelay: math.MaxInt64}
	for _, policy := range []DefaultRetryPolicy{forever, {MaxAttempts: math.MaxInt, BaseDelay: math.MaxInt64, MaxDelay: math.MaxInt64}} {
		for attempt := range 200 {
			for _, wait := range []time.Duration{0, time.Second} {
				delay, again := policy.Delay(RetryAttempt{Attempt: attempt, Safe: true, Transient: true, Wait: wait})
				assert.True(t, again)
				assert.GreaterOrEqual(t, delay, wait)
			}
		}
	}
}
