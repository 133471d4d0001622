package roa

import (
	"math/rand/v2"
	"time"
)

// WaitOption changes how a waiter waits. Later options win over earlier ones.
type WaitOption func(*waitSettings)

type waitSettings struct {
	timeout  time.Duration
	delay    time.Duration
	maxDelay time.Duration
	progress func(Progress)
	calls    []CallOption
}

// WaitTimeout ends the wait with a [*WaitError] that is an [ErrWaitTimeout]
// after this time. Without it, and for zero and less, only the context limits
// the wait.
func WaitTimeout(d time.Duration) WaitOption { return func(s *waitSettings) { s.timeout = d } }

// WaitDelay replaces the delays between polls. They start at initial, grow by
// half each time, and stay at maximum; each is varied at random between the
// two, so that equal values mean a fixed delay. Zero and less keep the delay
// of the waiter, and a maximum below initial counts as initial.
func WaitDelay(initial, maximum time.Duration) WaitOption {
	return func(s *waitSettings) { s.delay, s.maxDelay = initial, maximum }
}

// WaitProgress calls fn after every poll, also the last one, before the waiter
// goes on, but not after one that the end of the time cuts off. It runs where
// the waiter was called.
func WaitProgress(fn func(Progress)) WaitOption { return func(s *waitSettings) { s.progress = fn } }

// WaitCallOptions uses these options in every poll, beside those of earlier
// WaitCallOptions.
func WaitCallOptions(opts ...CallOption) WaitOption {
	return func(s *waitSettings) { s.calls = append(s.calls, opts...) }
}

// Progress tells what a poll found.
type Progress struct {
	// Waiter is the name of the waiter, such as "ClusterRunning".
	Waiter string
	// TaskID is the id of the task that is waited for, if it is a task.
	TaskID string
	// State is what the service said last. It is empty before the first
	// response, and once the service said that what had to go is gone. A waiter
	// that counts items has the number of items in each state, such as
	// "running 2, pending 1".
	State string
	// Known reports whether the waiter knows the state. Unknown ones, which
	// newer versions of the service may have, keep it waiting.
	Known bool
	// Ready is how many items are in a state that was waited for, and Want
	// how many have to be. Both are zero unless the waiter counts items.
	Ready, Want int
	// Attempt is the number of the poll, from 1.
	Attempt int
	// Elapsed is the time since the wait began.
	Elapsed time.Duration
	// Next is the time until the next poll, and zero when there will be none.
	Next time.Duration
	// Err is the error of a poll that failed, and nil for one that did not.
	Err error
}

// What waiters without delays use.
const (
	fallbackWaitDelay = 10 * time.Second
	fallbackWaitMax   = time.Minute
)

// waitDelays makes the delays between polls.
type waitDelays struct{ next, initial, maximum time.Duration }

func newWaitDelays(s *waitSettings, delay, maxDelay time.Duration) waitDelays {
	initial := positive(s.delay, positive(delay, fallbackWaitDelay))
	maximum := max(initial, positive(s.maxDelay, positive(maxDelay, fallbackWaitMax)))
	return waitDelays{next: initial, initial: initial, maximum: maximum}
}

func positive(d, fallback time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return fallback
}

// take returns a delay between the initial one and the maximum. Its lower end
// grows by half each time, up to three quarters of the maximum.
func (d *waitDelays) take() time.Duration {
	high := d.maximum
	if d.next < d.maximum/3*2 {
		high = d.next + (d.next+1)/2 // rounded up: even one nanosecond grows
	}
	low := max(d.initial, min(d.next, high-high/4))
	d.next = high
	return low + rand.N(high-low+1) //nolint:gosec // spreads load, keeps no secret
}
