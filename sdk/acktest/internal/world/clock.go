package world

import (
	"context"
	"sync"
	"time"
)

// A Clock is the time of a world. It is safe for concurrent use.
type Clock struct {
	mu    sync.Mutex
	now   time.Time // when the clock was last set
	set   time.Time // in real time
	speed float64   // seconds in one real second; 0 stands still
}

// NewSteppedClock returns a clock that shows a time, and stands still until it is advanced.
func NewSteppedClock(start time.Time) *Clock { return &Clock{now: start} }

// NewRunningClock returns a clock that runs speed times as fast as real time, from now on.
func NewRunningClock(speed float64) *Clock {
	now := time.Now()
	return &Clock{now: now, set: now, speed: speed}
}

// Now returns the time, in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.read().UTC()
}

// read sets a clock that runs to the time that it shows, and returns that. A clock that was not set for long could not tell how much has passed: a
// [time.Duration] holds 292 years, which a fast one shows within hours.
func (c *Clock) read() time.Time {
	if c.speed != 0 {
		since := time.Since(c.set)
		c.now, c.set = c.now.Add(time.Duration(float64(since)*c.speed)), c.set.Add(since)
	}
	return c.now
}

// Stepped reports whether the clock stands still until it is advanced.
func (c *Clock) Stepped() bool { return c.speed == 0 }

// moveTo sets the clock to a time that has not come yet, and does nothing otherwise.
func (c *Clock) moveTo(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.read()) {
		c.now, c.set = t, time.Now()
	}
}

// restart makes a stepped clock go on from a time, earlier ones included. A running one goes forward to it, as the clock that showed it may have
// run faster than real time.
func (c *Clock) restart(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.speed == 0 || t.After(c.read()) {
		c.now, c.set = t, time.Now()
	}
}

// real returns how long it takes in real time until the clock shows t. A stepped clock never gets there.
func (c *Clock) real(t time.Time) (d time.Duration, comes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.speed == 0 {
		return 0, false
	}
	return max(0, time.Duration(float64(t.Sub(c.read()))/c.speed)), true
}

// sleepReal waits in real time for what is d on a running clock.
func (c *Clock) sleepReal(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(time.Duration(float64(d) / c.speed))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
