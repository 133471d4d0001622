package roa

import (
	"context"
	"time"
)

// A sleepFunc returns when the time is over, or with an error when the context ends first.
type sleepFunc func(ctx context.Context, d time.Duration) error

// sleep waits in real time, or returns the error of the context when that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return contextError(ctx, context.Cause(ctx))
	}
}

// waitClock is how a wait spends its time. It goes with the context of each poll, where
// the client that polls leaves how it sleeps: a wait gets a function to call, not a
// client.
type waitClock struct {
	sleep sleepFunc     // nil is real time
	slept time.Duration // by other than real time
}

type waitClockKey struct{}

func withWaitClock(ctx context.Context, clock *waitClock) context.Context {
	return context.WithValue(ctx, waitClockKey{}, clock)
}

// wait returns after the delay, or when the context ends.
func (w *waitClock) wait(ctx context.Context, delay time.Duration) {
	if w.sleep == nil {
		_ = sleep(ctx, delay) // the wait looks at its context next
		return
	}
	if w.sleep(ctx, delay) == nil {
		w.slept += delay
	}
}
