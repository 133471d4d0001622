package roa

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
)

func TestRetryErrorText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			steps []step
			want  string
		}{
			{[]step{code(503, "A"), {err: errReset}, {err: errRefused}}, "dial tcp: connection refused, after 3 attempts; last response: 503 A: m (request R)"},
			{[]step{{err: errReset}, code(503, "A")}, "503 A: m, after 3 attempts (request R)"},
			{[]step{{err: errReset}, {err: errRefused}}, "dial tcp: connection refused, after 3 attempts; before: dial tcp: connection refused"},
			{[]step{{err: errReset}}, "read tcp: connection reset by peer, after 3 attempts"},
		} {
			err := do(t.Context(), scriptClient(t, &script{steps: tt.steps}), &opGet)
			want := strings.Replace(tt.want, "; before: dial tcp: connection refused", "", 1)
			assert.EqualError(t, err, "ack: DescribeThing: "+want)
			assert.Equal(t, tt.steps[0].status == 503 || tt.steps[1%len(tt.steps)].status == 503, errors.Is(err, ErrServer))
		}
	})
	err := &RetryError{Attempts: 2, Err: errReset, Last: errRefused}
	assert.EqualError(t, err, "read tcp: connection reset by peer, after 2 attempts; before: dial tcp: connection refused")
	assert.EqualError(t, &RetryError{Attempts: 2, Err: errReset}, "read tcp: connection reset by peer, after 2 attempts")
}
