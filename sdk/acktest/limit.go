package acktest

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
)

// The headers that tell what is left of a limit, of one operation and of all together.
const (
	rateOfOperation = "X-Ratelimit-User-Api"
	rateOfAll       = "X-Ratelimit-User"
)

// WithRateLimit makes the server take n requests for an operation within a window of time, from each AccessKey and by the clock of the server.
// It throttles the others, as the service does, with the headers that say how long to wait. An empty operation is all operations together.
// Given several times, each limit holds. Without this option nothing is throttled. An operation that the spec lacks is an error, as are numbers
// that are not above zero.
func WithRateLimit(operation string, n int, window time.Duration) Option {
	return func(c *config) error {
		if n <= 0 || window <= 0 {
			return fmt.Errorf("acktest.WithRateLimit: %d requests in %s are not above zero", n, window)
		}
		c.limits = append(c.limits, &limit{operation: operation, n: n, window: window, taken: make(map[string][]time.Time)})
		return nil
	}
}

// A limit counts the requests of the past window.
type limit struct {
	operation string // empty for all
	n         int
	window    time.Duration

	mu    sync.Mutex
	taken map[string][]time.Time // by AccessKey
}

func (c *config) checkLimits() error {
	for _, l := range c.limits {
		if l.operation != "" && c.spec.Operation(l.operation) == nil {
			return fmt.Errorf("acktest.WithRateLimit: the spec has no operation %s%s", l.operation, c.spec.Similar(l.operation))
		}
	}
	return nil
}

// take counts a request, and returns how long it has to wait if it is one too many.
func (l *limit) take(caller string, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := slices.DeleteFunc(l.taken[caller], func(at time.Time) bool { return now.Sub(at) >= l.window })
	l.taken[caller] = taken
	if len(taken) >= l.n {
		return l.window - now.Sub(taken[0]), false
	}
	l.taken[caller] = append(taken, now)
	return 0, true
}

// limiter returns what throttles requests, for [gateway.Handler].
func limiter(limits []*limit, now func() time.Time) func(gateway.Record) error {
	return func(r gateway.Record) error {
		for _, l := range limits {
			header := rateOfAll
			switch l.operation {
			case "":
			case r.Operation:
				header = rateOfOperation
			default:
				continue
			}
			if wait, ok := l.take(r.Caller, now()); !ok {
				return throttled(l.n, wait, header)
			}
		}
		return nil
	}
}

// throttled is the fault of a request that is one too many. Time is left in whole milliseconds, never none. No source tells which of the codes
// with "Throttling" in them comes with which header.
func throttled(n int, left time.Duration, header string) *fault.Fault {
	f := fault.New(http.StatusTooManyRequests, "Throttling.User", "Request was denied due to user flow control.")
	millis := max(1, (left + time.Millisecond - 1).Milliseconds())
	f.Header = http.Header{header: {fmt.Sprintf("Limit:%d,Remain:0,TimeLeft:%d", n, millis)}}
	return f
}
