package roa

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// script is a transport that answers by a list of steps; the last one is
// repeated.
type script struct {
	mu       sync.Mutex
	steps    []step
	requests []*http.Request
	times    []time.Time
}

type step struct {
	status int
	body   string
	header http.Header
	err    error
}

func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if req.Body != nil {
		data, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(strings.NewReader(string(data)))
	}
	st := s.steps[min(len(s.requests), len(s.steps)-1)]
	s.requests, s.times = append(s.requests, req), append(s.times, time.Now())
	if st.err != nil {
		return nil, st.err
	}
	header := st.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: st.status, Header: header, Request: req, ContentLength: int64(len(st.body)),
		Body: io.NopCloser(strings.NewReader(st.body)),
	}, nil
}

// gaps returns the waits between the requests.
func (s *script) gaps() (gaps []time.Duration) {
	for i := 1; i < len(s.times); i++ {
		gaps = append(gaps, s.times[i].Sub(s.times[i-1]))
	}
	return gaps
}

func code(status int, code string, header ...string) step {
	st := step{status: status, body: `{"code":"` + code + `","message":"m","requestId":"R"}`, header: http.Header{}}
	for i := 0; i+1 < len(header); i += 2 {
		st.header.Set(header[i], header[i+1])
	}
	return st
}

func scriptClient(t testing.TB, s *script, opts ...Option) *Client {
	t.Helper()
	c, err := NewClient(&fixtureService, append([]Option{
		WithRegion("cn-beijing"), WithCredentials(StaticCredentials(testKeyID, testSecret, "")), WithTransport(s),
	}, opts...)...)
	require.NoError(t, err)
	return c
}

// do calls an operation with a body where it takes one.
func do(ctx context.Context, c *Client, op *Operation, opts ...CallOption) error {
	req := NewRequest(op, nil)
	if strings.Contains(op.Path, "{ThingId}") {
		req.Path("ThingId", "t1")
	}
	if op.Method == "POST" || op.Method == "PUT" {
		req.Body(&thing{ID: "x"})
	}
	return c.Do(ctx, req, nil, nil, opts)
}

var (
	errReset   = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	stepOK     = step{status: 200, body: `{}`}
)

// TestRetryByClass counts the attempts for each retry class.
func TestRetryByClass(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		step         step
		safe, unsafe int
	}{
		"ok":                      {stepOK, 1, 1},
		"500":                     {step{status: 500}, 3, 1},
		"502 html":                {step{status: 502, body: "<html>"}, 3, 1},
		"503":                     {step{status: 503}, 3, 1},
		"504":                     {step{status: 504}, 3, 1},
		"501":                     {step{status: 501}, 1, 1},
		"400":                     {code(400, "MissingParameter"), 1, 1},
		"403":                     {code(403, "Forbidden"), 1, 1},
		"404":                     {step{status: 404}, 1, 1},
		"409":                     {step{status: 409}, 1, 1},
		"302":                     {step{status: 302}, 1, 1},
		"407":                     {step{status: 407}, 1, 1},
		"407 with a code":         {code(407, "ServiceUnavailable"), 1, 1},
		"408":                     {step{status: 408, body: "<html>"}, 3, 1},
		"408 with a code":         {code(408, "RequestTimeout"), 3, 1},
		"408 that is a refusal":   {code(408, "Forbidden.RAM"), 1, 1},
		"425":                     {step{status: 425}, 3, 1},
		"499":                     {step{status: 499}, 1, 1},
		"429":                     {step{status: 429}, 3, 3},
		"throttled with 400":      {code(400, "Throttling.User"), 3, 3},
		"throttled with 503":      {code(503, "Throttling.Api"), 3, 3},
		"unavailable with 400":    {code(400, "ServiceUnavailable"), 3, 1},
		"not found with 500":      {code(500, "ErrorClusterNotFound"), 1, 1},
		"opened before":           {code(500, "ORDER.OPEND"), 1, 1},
		"authorization conflict":  {code(409, "ErrAuthorizationConflict"), 3, 1},
		"nonce used":              {code(400, "SignatureNonceUsed"), 3, 1},
		"wrong signature":         {code(400, "SignatureDoesNotMatch"), 1, 1},
		"time error without date": {code(400, "InvalidTimeStamp.Expired"), 1, 1},
		"reset":                   {step{err: errReset}, 3, 1},
		"refused":                 {step{err: errRefused}, 3, 3},
		"cut off":                 {step{err: io.ErrUnexpectedEOF}, 3, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				for op, want := range map[*Operation]int{&opGet: tt.safe, &opToken: tt.safe, &opDelete: tt.safe, &opCreate: tt.unsafe} {
					s := &script{steps: []step{tt.step}}
					err := do(t.Context(), scriptClient(t, s), op)
					assert.Len(t, s.requests, want, op.Name)
					assert.Equal(t, tt.step.status == 200, err == nil)
					if apiErr, ok := errors.AsType[*APIError](err); ok {
						assert.Equal(t, want, apiErr.Attempts)
					} else if want > 1 {
						var retryErr *RetryError
						require.ErrorAs(t, err, &retryErr)
						assert.Equal(t, want, retryErr.Attempts)
						assert.ErrorIs(t, err, tt.step.err)
					}
					for opt, client := range map[string][]Option{"without": {WithoutRetry()}, "nil": {WithRetry(nil)}, "one": {WithMaxAttempts(1)}} {
						s := &script{steps: []step{tt.step}}
						_ = do(t.Context(), scriptClient(t, s, client...), op)
						assert.Len(t, s.requests, 1, opt)
					}
					s = &script{steps: []step{tt.step}}
					_ = do(t.Context(), scriptClient(t, s), op, CallWithoutRetry())
					assert.Len(t, s.requests, 1)
				}
			})
		})
	}
}

// TestRetrySucceeds checks that every attempt is signed anew and carries the same
// body.
func TestRetrySucceeds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{{status: 503}, {err: errReset}, stepOK}}
		asked := 0
		c := scriptClient(t, s, WithCredentials(CredentialsFunc(func(context.Context) (Credentials, error) {
			asked++
			return Credentials{AccessKeyID: fmt.Sprint("id", asked), AccessKeySecret: "s"}, nil
		})), WithRetry(fixed(time.Minute)))
		require.NoError(t, do(t.Context(), c, &opToken))
		require.Len(t, s.requests, 3)
		seen := map[string]bool{}
		for i, req := range s.requests {
			body, _ := io.ReadAll(req.Body)
			assert.Equal(t, `{"id":"x"}`, string(body))
			assert.Contains(t, req.Header.Get("Authorization"), fmt.Sprint("Credential=id", i+1))
			for _, key := range []string{keyAcsNonce, keyAcsDate, keyAuthorization} {
				assert.False(t, seen[req.Header.Get(key)], key)
				seen[req.Header.Get(key)] = true
			}
		}
	})
}

// fixed is a policy with one delay, that never gives up.
type fixed time.Duration

func (p fixed) Delay(RetryAttempt) (time.Duration, bool) { return time.Duration(p), true }

// recorded is the default policy, and remembers what it was asked.
type recorded struct{ asked []RetryAttempt }

func (p *recorded) Delay(a RetryAttempt) (time.Duration, bool) {
	p.asked = append(p.asked, a)
	return DefaultRetryPolicy{}.Delay(a)
}

func TestRetryPolicyIsAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{code(429, "Throttling", "Retry-After", "2"), {status: 503}}}
		p := new(recorded)
		err := do(t.Context(), scriptClient(t, s, WithRetry(p)), &opCreate)
		require.ErrorIs(t, err, ErrServer)
		require.Len(t, p.asked, 2)
		first, second := p.asked[0], p.asked[1]
		require.ErrorIs(t, first.Err, ErrThrottled)
		first.Err, second.Err = nil, nil
		assert.Equal(t, RetryAttempt{Operation: "CreateThing", Class: RetryUnsafe, Attempt: 1, Safe: true, Transient: true, Throttled: true, Wait: 2 * time.Second}, first)
		assert.Equal(t, RetryAttempt{Operation: "CreateThing", Class: RetryUnsafe, Attempt: 2, Transient: true}, second)

		s = &script{steps: []step{code(503, "Busy", "Retry-After", "Thu, 01 Jan 1998 00:00:00 GMT")}}
		p = new(recorded)
		require.Error(t, do(t.Context(), scriptClient(t, s, WithRetry(p)), &opGet))
		assert.Zero(t, p.asked[0].Wait, "nobody asked to wait")

		s = &script{steps: []step{{status: 503}}}
		told := WithAttemptHook(func(a Attempt) { assert.Zero(t, a.Delay, "nobody waits for less than nothing") })
		err = do(t.Context(), scriptClient(t, s, WithRetry(fixed(-1)), WithRateLimiter(stopAfter(4)), told), &opCreate)
		assert.Len(t, s.requests, 4, "a policy of the caller may do what it likes")
		assert.EqualError(t, err, "ack: CreateThing: wait for rate limit: full, after 4 attempts; last response: 503 Service Unavailable: responded with an empty body")
	})
}

func stopAfter(n int) RateLimiter { return &stopLimiter{left: n} }

type stopLimiter struct{ left int }

func (l *stopLimiter) Wait(context.Context) error {
	if l.left--; l.left < 0 {
		return errors.New("full")
	}
	return nil
}

// TestDelays measures the waits in fake time.
func TestDelays(t *testing.T) {
	t.Parallel()
	date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	tests := map[string]struct {
		step     func() step
		policy   RetryPolicy
		min, max []time.Duration // of each wait
	}{
		"server error": {
			func() step { return step{status: 503} },
			DefaultRetryPolicy{MaxAttempts: 9},
			[]time.Duration{0, 0, 0, 0, 0, 0, 0, 0},
			[]time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second},
		},
		"throttled": {func() step { return code(429, "x") }, nil, []time.Duration{0, 0}, []time.Duration{time.Second, 2 * time.Second}},
		"own numbers": {
			func() step { return code(429, "x", "Retry-After", "50") },
			DefaultRetryPolicy{MaxAttempts: 2, ThrottledDelay: 1, MaxWait: time.Minute},
			[]time.Duration{50 * time.Second}, []time.Duration{50*time.Second + 1},
		},
		"retry after": {
			func() step { return step{status: 503, header: http.Header{"Retry-After": {" 7 "}}} }, nil,
			[]time.Duration{7 * time.Second, 7 * time.Second}, []time.Duration{7250 * time.Millisecond, 7250 * time.Millisecond},
		},
		"retry after a date": {
			func() step { return code(429, "x", "Retry-After", date(5*time.Second)) },
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{5 * time.Second}, []time.Duration{6 * time.Second},
		},
		"a date of a wrong clock": {
			func() step {
				return code(429, "x", "Retry-After", date(time.Hour+5*time.Second), "Date", date(time.Hour))
			},
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{5 * time.Second}, []time.Duration{6 * time.Second},
		},
		"a date that has passed": {func() step { return code(429, "x", "Retry-After", date(-time.Hour)) }, DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{0}, []time.Duration{time.Second}},
		"time left": {
			func() step {
				return code(400, "Throttling.User", "X-Ratelimit-User-Api", "Limit:100,Remain:0,TimeLeft:2500,Reset:9", "X-Ratelimit-User", "Limit:1,Remain:1,TimeLeft:10")
			},
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{2500 * time.Millisecond}, []time.Duration{3500 * time.Millisecond},
		},
		"time left of the user": {
			func() step { return code(429, "x", "x-ratelimit-user", "limit:1, timeleft: 4000 ") },
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{4 * time.Second}, []time.Duration{5 * time.Second},
		},
		"time left of another error": {
			func() step { return code(503, "x", "x-ratelimit-user", "TimeLeft:4000") },
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{0}, []time.Duration{250 * time.Millisecond},
		},
		"nonsense": {
			func() step { return code(429, "x", "Retry-After", "-5", "X-Ratelimit-User", "TimeLeft:soon,,") },
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{0}, []time.Duration{time.Second},
		},
		"as long as allowed": {
			func() step { return code(429, "x", "Retry-After", "30") },
			DefaultRetryPolicy{MaxAttempts: 2}, []time.Duration{30 * time.Second}, []time.Duration{31 * time.Second},
		},
		"first delay above the highest": {
			func() step { return step{status: 503} },
			DefaultRetryPolicy{MaxAttempts: 2, BaseDelay: time.Hour, MaxDelay: time.Second}, []time.Duration{0}, []time.Duration{time.Second},
		},
		"too long":                 {func() step { return code(429, "x", "Retry-After", "31") }, nil, nil, nil},
		"absurd":                   {func() step { return code(429, "x", "Retry-After", "99999999999999999999999") }, nil, nil, nil},
		"absurd time left":         {func() step { return code(429, "x", "X-Ratelimit-User", "TimeLeft:18446744073709551615") }, nil, nil, nil},
		"more time left than fits": {func() step { return code(429, "x", "X-Ratelimit-User", "TimeLeft:99999999999999999999999") }, nil, nil, nil},
		"date far away":            {func() step { return code(429, "x", "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT") }, nil, nil, nil},
		"date far away, patient": {
			func() step { return code(429, "x", "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT") },
			DefaultRetryPolicy{MaxAttempts: 2, MaxWait: math.MaxInt64}, []time.Duration{24 * time.Hour}, []time.Duration{math.MaxInt64},
		},
		"time left of hour": {func() step { return code(429, "x", "X-Ratelimit-User-Api", "TimeLeft:3600000") }, nil, nil, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				policy := tt.policy
				if policy == nil {
					policy = DefaultRetryPolicy{}
				}
				s := &script{steps: []step{tt.step()}}
				require.Error(t, do(t.Context(), scriptClient(t, s, WithRetry(policy)), &opGet))
				gaps := s.gaps()
				require.Len(t, gaps, len(tt.min))
				for i, gap := range gaps {
					assert.GreaterOrEqual(t, gap, tt.min[i])
					assert.LessOrEqual(t, gap, tt.max[i])
				}
			})
		})
	}
}

// TestFullJitter checks that the delays use the whole range.
func TestFullJitter(t *testing.T) {
	t.Parallel()
	low, high := time.Hour, time.Duration(0)
	for range 2000 {
		d, again := DefaultRetryPolicy{}.Delay(RetryAttempt{Attempt: 1, Safe: true, Transient: true})
		require.True(t, again)
		low, high = min(low, d), max(high, d)
	}
	assert.Less(t, low, 25*time.Millisecond)
	assert.Greater(t, high, 225*time.Millisecond)
	assert.LessOrEqual(t, high, DefaultBaseDelay)
}

// TestToldWaitIsSpread checks that callers who were told the same wait do not
// come back at the same moment, and none before it.
func TestToldWaitIsSpread(t *testing.T) {
	t.Parallel()
	const told = 5 * time.Second
	low, high := time.Hour, time.Duration(0)
	for range 2000 {
		d, again := DefaultRetryPolicy{}.Delay(RetryAttempt{Attempt: 1, Safe: true, Transient: true, Wait: told})
		require.True(t, again)
		low, high = min(low, d), max(high, d)
	}
	assert.GreaterOrEqual(t, low, told)
	assert.Greater(t, high-low, DefaultBaseDelay/2)
}

func TestContextEndsBetweenAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		s := &script{steps: []step{code(429, "Throttling", "Retry-After", "20")}}
		cause := errors.New("user went away")
		time.AfterFunc(time.Second, func() { cancel(cause) })
		start := time.Now()
		err := do(ctx, scriptClient(t, s), &opGet)
		assert.Equal(t, time.Second, time.Since(start))
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, cause)
		require.ErrorIs(t, err, ErrThrottled)
		assert.EqualError(t, err, "ack: DescribeThing: context canceled: user went away; last response: 429 Throttling: m (request R)")

		// A wait that the deadline does not allow is not begun.
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		start = time.Now()
		err = do(ctx, scriptClient(t, s), &opGet)
		assert.Zero(t, time.Since(start))
		var apiErr *APIError
		require.ErrorAs(t, err, &apiErr)
		assert.Equal(t, 1, apiErr.Attempts)
		assert.EqualError(t, err, "ack: DescribeThing: 429 Throttling: m (request R)")
	})
}
