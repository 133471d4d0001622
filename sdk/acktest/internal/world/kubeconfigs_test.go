package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// TestKubeconfigExpires holds that a user has one certificate until that ends, and another one from then on.
func TestKubeconfigExpires(t *testing.T) {
	t.Parallel()
	s := newState()
	id, _ := create(t, s)
	certificate := func() (text string) {
		do(t, s, "", func(w *world.World) error {
			c := w.Clusters.Get(id)
			c.Holder("7").Hours = 1
			_, err := w.Kubeconfig(c, "7")
			text = c.Holder("7").Certificate
			return err
		})
		return text
	}
	first := certificate()
	s.Advance(time.Hour - time.Second)
	require.True(t, first == certificate(), "a certificate is used until it ends")
	s.Advance(time.Second)
	assert.False(t, first == certificate(), "one that has ended is used")
}

// TestCertificatesExpire holds that the certificates of a user are unexpired until the last of them has ended, in whichever order they were issued.
func TestCertificatesExpire(t *testing.T) {
	t.Parallel()
	for name, hours := range map[string][]int{"the last is first": {3, 1}, "the last is last": {1, 3}, "between": {1, 3, 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newState()
			id, _ := create(t, s)
			do(t, s, "", func(w *world.World) error {
				for _, n := range hours {
					_, err := w.Issue(w.Clusters.Get(id), "7", w.Now().Add(time.Duration(n)*time.Hour))
					require.NoError(t, err)
				}
				return nil
			})
			state := func() (state ack.KubeconfigCertState) {
				do(t, s, "", func(w *world.World) error {
					state = w.Clusters.Get(id).Holder("7").CertState(w.Now())
					return nil
				})
				return state
			}
			s.Advance(3*time.Hour - time.Second)
			assert.Equal(t, ack.KubeconfigCertStateUnexpired, state())
			s.Advance(time.Second)
			assert.Equal(t, ack.KubeconfigCertStateExpired, state())
		})
	}
}
