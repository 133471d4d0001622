package roa

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

type eagerPolicy struct{ asked int }

func (p *eagerPolicy) Delay(RetryAttempt) (time.Duration, bool) {
	p.asked++
	return 0, true
}

func TestCallMaxAttempts(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		client   []Option
		call     []CallOption
		attempts int
	}{
		"more than the default":   {nil, []CallOption{CallMaxAttempts(5)}, 5},
		"fewer than the default":  {nil, []CallOption{CallMaxAttempts(2)}, 2},
		"in place of the client":  {[]Option{WithMaxAttempts(4)}, []CallOption{CallMaxAttempts(6)}, 6},
		"once":                    {nil, []CallOption{CallMaxAttempts(1)}, 1},
		"client without retries":  {[]Option{WithoutRetry()}, []CallOption{CallMaxAttempts(2)}, 2},
		"policy of the program":   {[]Option{WithRetry(&eagerPolicy{})}, []CallOption{CallMaxAttempts(7)}, 7},
		"the last option wins":    {nil, []CallOption{CallWithoutRetry(), CallMaxAttempts(2)}, 2},
		"the last one says never": {nil, []CallOption{CallMaxAttempts(5), CallWithoutRetry()}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &script{steps: []step{{status: 503}}}
				err := do(t.Context(), scriptClient(t, s, tt.client...), &opGet, tt.call...)
				assert.ErrorIs(t, err, ErrServer)
				assert.Len(t, s.requests, tt.attempts)
			})
		})
	}
	t.Run("malformed", func(t *testing.T) {
		t.Parallel()
		s := &script{steps: []step{stepOK}}
		err := do(t.Context(), scriptClient(t, s), &opGet, CallMaxAttempts(0))
		assert.EqualError(t, err, "ack: DescribeThing: max attempts is 0: want 1 or more")
		assert.Empty(t, s.requests)
		assert.Equal(t, "CallMaxAttempts(3)", CallMaxAttempts(3).String())
	})
	t.Run("asked", func(t *testing.T) {
		t.Parallel()
		p := &eagerPolicy{}
		s := &script{steps: []step{{status: 503}}}
		_ = do(t.Context(), scriptClient(t, s, WithRetry(p)), &opGet, CallMaxAttempts(3))
		assert.Equal(t, 2, p.asked, "not after the last attempt")
	})
}
