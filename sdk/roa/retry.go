package roa

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// RetryClass says what happens when a request arrives twice, and with that
// when a client may send it again.
type RetryClass uint8

// The retry classes of operations.
const (
	// RetryUnsafe is an operation that would do its work twice. It is sent again
	// only when it is certain that nothing was done.
	RetryUnsafe RetryClass = iota
	// RetryToken is an operation whose request carries a client token, by
	// which the service recognizes a request that it has seen. Generated code fills
	// the token in, and every attempt carries the same one.
	RetryToken
	// RetryIdempotent is an operation that does the same when it is done twice.
	RetryIdempotent
)

// String returns the word that specs use for the class.
func (c RetryClass) String() string {
	switch c {
	case RetryUnsafe:
		return "unsafe"
	case RetryToken:
		return "token"
	case RetryIdempotent:
		return "idempotent"
	default:
		return "unknown retry class"
	}
}

// RetryPolicy decides whether a failed request is sent again. It must be safe
// for concurrent use.
//
// It is not asked when the call ended by itself: when the context has ended, when
// the request could not be made, and when credentials could not be had.
type RetryPolicy interface {
	// Delay returns how long to wait before the next attempt, and whether there
	// is one. A wait that would outlast the context's deadline is not begun.
	Delay(a RetryAttempt) (delay time.Duration, again bool)
}

// RetryAttempt is a failed attempt that a [RetryPolicy] decides about.
type RetryAttempt struct {
	// Operation is the name of the operation.
	Operation string
	// Class is the retry class of the operation.
	Class RetryClass
	// Attempt is the number of the attempt that failed, from 1. An attempt that was
	// lost to a wrong clock does not count.
	Attempt int
	// Err is the error of the attempt.
	Err error
	// Safe tells that the work cannot be done twice: because of the class of the
	// operation, or because nothing was done in this attempt.
	Safe bool
	// Transient tells that the error may pass.
	Transient bool
	// Throttled tells that there were too many requests.
	Throttled bool
	// Wait is how long the service asked to wait; 0 when it did not.
	Wait time.Duration
}

// What the zero [DefaultRetryPolicy] does.
const (
	DefaultMaxAttempts    = 3
	DefaultBaseDelay      = 250 * time.Millisecond
	DefaultThrottledDelay = time.Second
	DefaultMaxDelay       = 10 * time.Second
	DefaultMaxWait        = 30 * time.Second
)

// DefaultRetryPolicy sends a request again when that is safe and the error may
// pass. It waits for a random time between zero and a limit that doubles with each
// attempt ("full jitter"); when the service asks for a wait, that comes first.
// Zero fields mean the defaults.
type DefaultRetryPolicy struct {
	// MaxAttempts includes the first one.
	MaxAttempts int
	// BaseDelay is the limit of the first delay.
	BaseDelay time.Duration
	// ThrottledDelay takes the place of BaseDelay after a throttled request.
	ThrottledDelay time.Duration
	// MaxDelay is the highest limit that the doubling leads to.
	MaxDelay time.Duration
	// MaxWait is the longest wait that the service may ask for. When it asks
	// for more, the error is returned at once.
	MaxWait time.Duration
}

// Delay implements [RetryPolicy].
func (p DefaultRetryPolicy) Delay(a RetryAttempt) (time.Duration, bool) {
	if !a.Safe || !a.Transient || a.Attempt >= orDefault(p.MaxAttempts, DefaultMaxAttempts) {
		return 0, false
	}
	if a.Wait > orDefault(p.MaxWait, DefaultMaxWait) {
		return 0, false
	}
	limit := orDefault(p.BaseDelay, DefaultBaseDelay)
	if a.Throttled {
		limit = orDefault(p.ThrottledDelay, DefaultThrottledDelay)
	}
	if a.Wait > 0 {
		// Only so much that callers who were told the same do not come back together.
		return a.Wait + jitter(min(limit, maxServerWait)), true
	}
	highest := orDefault(p.MaxDelay, DefaultMaxDelay)
	for i := 1; i < a.Attempt && limit < highest; i++ {
		limit += min(limit, highest-limit)
	}
	return jitter(min(limit, highest)), true
}

func orDefault[T int | time.Duration](value, byDefault T) T {
	if value > 0 {
		return value
	}
	return byDefault
}

// jitter returns a random duration of at most limit.
func jitter(limit time.Duration) time.Duration {
	return rand.N(max(limit, limit+1)) //nolint:gosec // spreads load, and protects nothing
}

// maxServerWait keeps absurd values from overflowing.
const maxServerWait = 1000 * time.Hour

// serverWait returns how long the service asks to wait, by the longest of what
// its header says.
func serverWait(h http.Header, throttled bool, now time.Time) time.Duration {
	wait := retryAfter(h, now)
	if throttled {
		wait = max(wait, timeLeft(h.Get(keyRateUserAPI)), timeLeft(h.Get(keyRateUser)))
	}
	return wait
}

// retryAfter reads seconds or a date. A date is compared with that of the response, as
// the clock of this machine may be wrong.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get(keyRetryAfter))
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, uint64(maxServerWait/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get(keyDate)); err == nil {
		now = date
	}
	return min(max(at.Sub(now), 0), maxServerWait)
}

// timeLeft reads the milliseconds after TimeLeft in a text such as
// "Limit:100,Remain:0,TimeLeft:1500".
func timeLeft(value string) time.Duration {
	for pair := range strings.SplitSeq(value, ",") {
		name, text, _ := strings.Cut(pair, ":")
		if !strings.EqualFold(strings.TrimSpace(name), "TimeLeft") {
			continue
		}
		millis, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return 0
		}
		return time.Duration(min(millis, uint64(maxServerWait/time.Millisecond))) * time.Millisecond
	}
	return 0
}

// retryBudget counts the retries that are left, in tenths. A nil budget has no
// limit.
type retryBudget struct {
	left atomic.Int64
	full int64
}

const budgetUnit = 10

func newRetryBudget(retries int) *retryBudget {
	b := &retryBudget{full: budgetUnit * int64(retries)}
	b.left.Store(b.full)
	return b
}

// take reports whether a retry may be made, and counts it.
func (b *retryBudget) take() bool {
	if b == nil {
		return true
	}
	for {
		left := b.left.Load()
		if left < budgetUnit {
			return false
		}
		if b.left.CompareAndSwap(left, left-budgetUnit) {
			return true
		}
	}
}

// succeeded gives a tenth back for a call that needed one attempt.
func (b *retryBudget) succeeded(attempts int) {
	if b == nil || attempts != 1 {
		return
	}
	for {
		left := b.left.Load()
		if left >= b.full || b.left.CompareAndSwap(left, left+1) {
			return
		}
	}
}
