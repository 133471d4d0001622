package roa

import (
	"fmt"
	"time"
)

// CallMaxAttempts sends the request of this call at most so many times, the first
// included. It takes the place of the number in the client's [DefaultRetryPolicy];
// a client without retries uses the default policy for this call. A [RetryPolicy]
// of the program's own decides as before, and is not asked after the last attempt.
// An attempt that is lost to a wrong clock does not count. The number must be at
// least 1, which is the same as [CallWithoutRetry].
func CallMaxAttempts(n int) CallOption {
	o := CallOption{kind: callMaxAttempts, count: n}
	if n < 1 {
		o.fault = fmt.Sprintf("max attempts is %d: want 1 or more", n)
	}
	return o
}

// CallWithoutRetry sends the request of this call once.
func CallWithoutRetry() CallOption { return CallOption{kind: callWithoutRetry} }

// policy returns the retry policy of a call on a client with this one.
func (call *callSettings) policy(p RetryPolicy) RetryPolicy {
	switch call.attempts {
	case 0:
		return p
	case 1:
		return nil
	}
	switch p := p.(type) {
	case nil:
		return DefaultRetryPolicy{MaxAttempts: call.attempts}
	case DefaultRetryPolicy:
		p.MaxAttempts = call.attempts
		return p
	default:
		return cappedPolicy{p, call.attempts}
	}
}

// cappedPolicy ends a call after so many attempts, whatever another policy says.
type cappedPolicy struct {
	RetryPolicy
	attempts int
}

func (p cappedPolicy) Delay(a RetryAttempt) (time.Duration, bool) {
	if a.Attempt >= p.attempts {
		return 0, false
	}
	return p.RetryPolicy.Delay(a)
}
