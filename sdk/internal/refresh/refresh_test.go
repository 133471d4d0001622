package refresh

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errFetch = errors.New("service is down")

// counter is a fetch that takes a second and gives 1, 2, 3...
type counter struct {
	calls atomic.Int64
	fail  atomic.Bool
	life  time.Duration
}

func (c *counter) fetch(ctx context.Context) (Lease[int64], error) {
	n := c.calls.Add(1)
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return Lease[int64]{}, ctx.Err()
	}
	if c.fail.Load() {
		return Lease[int64]{}, errFetch
	}
	return Until(n, time.Now(), time.Now().Add(c.life)), nil
}

func TestGetFetchesOnceForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{life: time.Hour}
		cache := New(source.fetch)
		var group sync.WaitGroup
		for range 100 {
			group.Go(func() {
				got, err := cache.Get(t.Context())
				assert.NoError(t, err)
				assert.Equal(t, int64(1), got)
			})
		}
		group.Wait()
		assert.Equal(t, int64(1), source.calls.Load())
	})
}

func TestGetRefreshesEarlyWithoutWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{life: 100 * time.Second}
		cache := New(source.fetch)
		mustGet(t, cache, 1)

		pass(79 * time.Second)
		mustGet(t, cache, 1)
		synctest.Wait()
		require.Equal(t, int64(1), source.calls.Load(), "too early to refresh")

		pass(2 * time.Second)
		before := time.Now()
		for range 10 {
			mustGet(t, cache, 1)
		}
		assert.Equal(t, before, time.Now(), "nobody waits while the value is good")
		pass(2 * time.Second)
		mustGet(t, cache, 2)
		assert.Equal(t, int64(2), source.calls.Load())
	})
}

func TestGetWaitsWhenExpired(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{life: 100 * time.Second}
		cache := New(source.fetch)
		mustGet(t, cache, 1)
		pass(95 * time.Second)
		mustGet(t, cache, 2)
	})
}

func TestGetKeepsAGoodValueWhenTheRefreshFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{life: 1000 * time.Second}
		cache := New(source.fetch)
		mustGet(t, cache, 1)
		source.fail.Store(true)

		pass(801 * time.Second)
		for range 140 { // until 941 s of 1000
			mustGet(t, cache, 1)
			pass(time.Second)
		}
		calls := source.calls.Load()
		assert.Greater(t, calls, int64(5), "failed refreshes are tried again")
		assert.Less(t, calls, int64(12), "with growing pauses")

		pass(40 * time.Second)
		_, err := cache.Get(t.Context())
		require.ErrorIs(t, err, errFetch, "an expired value is not used")

		source.fail.Store(false)
		pass(maxBackoff)
		got, err := cache.Get(t.Context())
		require.NoError(t, err)
		assert.Greater(t, got, int64(1))
	})
}

func TestGetSpacesFetchesThatFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{life: time.Hour}
		source.fail.Store(true)
		cache := New(source.fetch)
		failing := func() {
			t.Helper()
			_, err := cache.Get(t.Context())
			require.ErrorIs(t, err, errFetch)
		}
		for range 1000 {
			failing()
		}
		require.Equal(t, int64(1), source.calls.Load(), "every call has the error of the one fetch")
		for range 600 {
			pass(time.Second)
			failing()
		}
		calls := source.calls.Load()
		assert.Greater(t, calls, int64(15), "it is tried again")
		assert.Less(t, calls, int64(30), "with growing pauses")

		source.fail.Store(false)
		pass(maxBackoff)
		mustGet(t, cache, calls+1)

		pass(time.Hour)
		source.fail.Store(true)
		failing()
		source.fail.Store(false)
		pass(backoff)
		mustGet(t, cache, calls+3) // the pauses of the bad time before are over
	})
}

func TestGetStopsWaitingWithItsContextOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{life: time.Hour}
		cache := New(source.fetch)
		ctx, cancel := context.WithCancel(t.Context())
		impatient := make(chan error, 1)
		go func() {
			_, err := cache.Get(ctx)
			impatient <- err
		}()
		synctest.Wait() // its fetch is under way
		patient := make(chan int64, 1)
		go func() {
			got, err := cache.Get(t.Context())
			assert.NoError(t, err)
			patient <- got
		}()
		synctest.Wait()
		cancel()
		require.ErrorIs(t, <-impatient, context.Canceled)
		assert.Equal(t, int64(1), <-patient)
		assert.Equal(t, int64(1), source.calls.Load())
	})
}

func TestGetHasATimeLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cache := New(func(ctx context.Context) (Lease[string], error) {
			<-ctx.Done()
			return Lease[string]{}, ctx.Err()
		})
		start := time.Now()
		_, err := cache.Get(t.Context())
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, FetchTimeout, time.Since(start))
	})
}

func TestGetCarriesValuesOfTheContext(t *testing.T) {
	t.Parallel()
	type key struct{}
	cache := New(func(ctx context.Context) (Lease[any], error) { return Lease[any]{Value: ctx.Value(key{})}, nil })
	got, err := cache.Get(context.WithValue(t.Context(), key{}, "span"))
	require.NoError(t, err)
	assert.Equal(t, "span", got)
}

func TestLeaseWithoutTimesLastsForever(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		cache := New(func(context.Context) (Lease[int], error) {
			calls++
			return Lease[int]{Value: 7}, nil
		})
		for range 3 {
			got, err := cache.Get(t.Context())
			require.NoError(t, err)
			assert.Equal(t, 7, got)
			pass(1e6 * time.Hour)
		}
		assert.Equal(t, 1, calls)
	})
}

func TestUntil(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name            string
		life            time.Duration
		refresh, expire time.Duration // before the end
	}{
		{"a quarter of an hour", 15 * time.Minute, 3 * time.Minute, 30 * time.Second},
		{"a minute", time.Minute, 12 * time.Second, 3 * time.Second},
		{"three years", 3 * 365 * 24 * time.Hour, time.Hour, 30 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			end := now.Add(tt.life)
			lease := Until("x", now, end)
			assert.Equal(t, tt.refresh, end.Sub(lease.Refresh))
			assert.Equal(t, tt.expire, end.Sub(lease.Expire))
		})
	}
}

func mustGet(t *testing.T, cache *Cache[int64], want int64) {
	t.Helper()
	got, err := cache.Get(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// pass lets fake time pass.
func pass(d time.Duration) { <-time.After(d) }

// TestGetSurvivesAFetchThatBreaks has fetches that panic or end their goroutine,
// as a mock does that fails its test. Nobody but the cache could recover, and those who
// wait would wait forever.
func TestGetSurvivesAFetchThatBreaks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fail func()
		want string
	}{
		"panic": {func() { panic("no provider") }, "fetch panicked: no provider"}, //nolint:forbidigo // what the test is about
		"exit":  {runtime.Goexit, "fetch ended without a result"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := 0
			cache := New(func(context.Context) (Lease[int], error) {
				if calls++; calls == 1 {
					tt.fail()
				}
				return Lease[int]{Value: 7}, nil
			})
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			_, err := cache.Get(ctx)
			require.EqualError(t, err, tt.want)
			cache.retry = time.Time{} // the pause is over
			got, err := cache.Get(ctx)
			require.NoError(t, err)
			assert.Equal(t, 7, got)
		})
	}
}
