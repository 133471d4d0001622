package world

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestFastClock runs for longer than a duration can say.
func TestFastClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := NewRunningClock(1e6)
		start := c.Now()
		tick := time.NewTicker(time.Hour)
		defer tick.Stop()
		const hours = 10
		for range hours {
			<-tick.C
			c.Now()
		}
		assert.Equal(t, start.Unix()+hours*3600*1e6, c.Now().Unix())
	})
}
