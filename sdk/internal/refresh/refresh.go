// Package refresh keeps a value that expires, such as temporary credentials,
// and fetches the next one before it does. It imports only the standard library.
package refresh

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// FetchTimeout limits every fetch. It is far above what a fetch takes, and is
// there so that one that hangs cannot hold up its waiters forever.
const FetchTimeout = 2 * time.Minute

// After a fetch failed, the next one starts no sooner than after backoff, doubled
// with every failure up to maxBackoff. Until then there is the error of the last one
// where there is no usable value: a service that refuses is not asked by every call.
const (
	backoff    = time.Second
	maxBackoff = 30 * time.Second
)

// Lease is a value with the time it is good for.
type Lease[T any] struct {
	Value T
	// Refresh is when the next value should be fetched; this one is still used
	// meanwhile. Zero means never.
	Refresh time.Time
	// Expire is when this value must not be used any more. Zero means never.
	Expire time.Time
}

// Until returns a lease of a value that expires at that time. It is refreshed
// when a fifth of its time is left, but not more than an hour before the end,
// and not used in its last seconds, as a request takes time too.
func Until[T any](value T, now, expire time.Time) Lease[T] {
	left := expire.Sub(now)
	return Lease[T]{
		Value:   value,
		Refresh: expire.Add(-min(left/5, time.Hour)),
		Expire:  expire.Add(-min(left/20, 30*time.Second)),
	}
}

func (l *Lease[T]) stale(now time.Time) bool { return !l.Refresh.IsZero() && !now.Before(l.Refresh) }

func (l *Lease[T]) expired(now time.Time) bool { return !l.Expire.IsZero() && !now.Before(l.Expire) }

// Cache gives the current value to any number of goroutines. One fetch runs at
// a time, in a goroutine of its own: callers wait for it only when there is no
// usable value, and one that stops waiting stops nobody else. A fetch that panics is one
// that fails: in its goroutine, no caller could recover.
type Cache[T any] struct {
	fetch func(context.Context) (Lease[T], error)

	mu       sync.Mutex
	lease    *Lease[T]
	flight   *flight[T]
	failed   *flight[T] // the last one that failed since the last success
	failures int
	retry    time.Time
}

// flight is a fetch under way. Its result may be read once done is closed.
type flight[T any] struct {
	done  chan struct{}
	value T
	err   error
}

// New returns an empty cache. The context that fetch gets carries the values of
// the caller that caused it, but neither its cancellation nor its deadline.
// Fetches never overlap.
func New[T any](fetch func(context.Context) (Lease[T], error)) *Cache[T] {
	return &Cache[T]{fetch: fetch}
}

// Get returns the current value. When there is none, it waits for the fetch and
// returns its error, or the context's when that ends first. Between fetches that
// failed, it returns the error of the last. A fetch that fails while there is still
// a usable value is not reported; it is tried again.
func (c *Cache[T]) Get(ctx context.Context) (T, error) {
	value, wait := c.current(ctx, time.Now())
	if wait == nil {
		return value, nil
	}
	select {
	case <-wait.done:
		return wait.value, wait.err
	case <-ctx.Done():
		return value, ctx.Err()
	}
}

// current returns the value, or the fetch to wait for.
func (c *Cache[T]) current(ctx context.Context, now time.Time) (value T, wait *flight[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	usable := c.lease != nil && !c.lease.expired(now)
	if usable && !c.lease.stale(now) {
		return c.lease.Value, nil
	}
	if c.flight == nil && !now.Before(c.retry) {
		c.flight = &flight[T]{done: make(chan struct{})}
		go c.run(context.WithoutCancel(ctx), c.flight)
	}
	switch {
	case usable:
		return c.lease.Value, nil
	case c.flight == nil:
		return value, c.failed
	}
	return value, c.flight
}

func (c *Cache[T]) run(ctx context.Context, f *flight[T]) {
	ctx, cancel := context.WithTimeout(ctx, FetchTimeout)
	defer cancel()
	lease, err := Lease[T]{}, errNoResult
	// Deferred, as some fetches end their goroutine: mocks do, which fail a test.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("fetch panicked: %v", r)
		}
		c.land(f, lease, err)
	}()
	lease, err = c.fetch(ctx)
}

var errNoResult = errors.New("fetch ended without a result")

// land ends a flight.
func (c *Cache[T]) land(f *flight[T], lease Lease[T], err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		f.err, c.failed = err, f
		c.retry = time.Now().Add(min(backoff<<min(c.failures, 10), maxBackoff))
		c.failures++
	} else {
		f.value = lease.Value
		c.lease, c.failed, c.failures, c.retry = &lease, nil, 0, time.Time{}
	}
	c.flight = nil
	close(f.done)
}
