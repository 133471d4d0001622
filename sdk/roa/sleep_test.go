package roa

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sleeper notes how long it was to sleep, and returns at once.
type sleeper struct{ slept []time.Duration }

func (s *sleeper) sleep(ctx context.Context, d time.Duration) error {
	s.slept = append(s.slept, d)
	return ctx.Err()
}

var thingWaiter = Waiter[thing, thing]{
	Name: "Thing", State: func(out *thing) string { return string(out.State) },
	Success: []string{"running"}, Pending: []string{"initial"}, Delay: 10 * time.Second, MaxDelay: time.Minute,
}

// pollThing returns what a wait calls: DescribeThing of a client.
func pollThing(c *Client) OperationFunc[thing, thing] {
	return func(ctx context.Context, _ *thing, opts ...CallOption) (*thing, error) { return get(ctx, c, opts...) }
}

// serveStates serves states one after the other, and the last one for ever.
func serveStates(states ...string) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		i := min(int(n.Add(1)), len(states)) - 1
		_, _ = w.Write([]byte(`{"id":"t1","state":"` + states[i] + `"}`))
	})
}

func TestSleepBetweenPolls(t *testing.T) {
	t.Parallel()
	var s sleeper
	c := newTestClient(t, serveStates("initial", "initial", "running"), WithSleep(s.sleep))
	var elapsed []time.Duration
	_, err := thingWaiter.Wait(t.Context(), pollThing(c), &thing{}, WaitDelay(time.Hour, time.Hour), WaitProgress(func(p Progress) {
		elapsed = append(elapsed, p.Elapsed.Truncate(time.Hour))
	}))
	require.NoError(t, err)
	assert.Equal(t, []time.Duration{time.Hour, time.Hour}, s.slept)
	assert.Equal(t, []time.Duration{0, time.Hour, 2 * time.Hour}, elapsed)
}

func TestSleepCountsForTimeout(t *testing.T) {
	t.Parallel()
	var s sleeper
	c := newTestClient(t, serveStates("initial"), WithSleep(s.sleep))
	_, err := thingWaiter.Wait(t.Context(), pollThing(c), &thing{}, WaitDelay(time.Hour, time.Hour), WaitTimeout(150*time.Minute))
	require.ErrorIs(t, err, ErrWaitTimeout)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Equal(t, "timeout", ErrorClass(err))
	assert.Equal(t, []time.Duration{time.Hour, time.Hour, 30 * time.Minute}, s.slept)
	waitErr, ok := errors.AsType[*WaitError](err)
	require.True(t, ok)
	assert.Equal(t, 150*time.Minute, waitErr.Elapsed.Truncate(time.Minute))
}

func TestSleepBetweenAttempts(t *testing.T) {
	t.Parallel()
	var s sleeper
	var n atomic.Int64
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 1 {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(`{"id":"t1"}`))
	}), WithSleep(s.sleep), WithRetry(fixedRetry(2*time.Hour)))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // in real time, which does not pass
	defer cancel()
	_, err := get(ctx, c)
	require.NoError(t, err)
	assert.Equal(t, []time.Duration{2 * time.Hour}, s.slept)
}

// fixedRetry tries again after this time.
type fixedRetry time.Duration

func (f fixedRetry) Delay(RetryAttempt) (time.Duration, bool) { return time.Duration(f), true }

func TestSleepEndsWithContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := newTestClient(t, serveStates("initial"), WithSleep(func(ctx context.Context, _ time.Duration) error {
		cancel()
		return context.Cause(ctx)
	}))
	_, err := thingWaiter.Wait(ctx, pollThing(c), &thing{})
	require.ErrorIs(t, err, context.Canceled)
}
