package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

func TestNextWindow(t *testing.T) {
	t.Parallel()
	thursday := time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		window ack.MaintenanceWindow
		now    time.Time
		opens  string
		lasts  time.Duration
	}{
		"defaults":        {ack.MaintenanceWindow{}, thursday, "2026-01-08T00:00:00Z", 3 * time.Hour},
		"later today":     {ack.MaintenanceWindow{MaintenanceTime: new("20:30:00Z"), Duration: new("1h")}, thursday, "2026-01-01T20:30:00Z", time.Hour},
		"it opens now":    {ack.MaintenanceWindow{MaintenanceTime: new("12:00:00Z")}, thursday, "2026-01-08T12:00:00Z", 3 * time.Hour},
		"another weekday": {ack.MaintenanceWindow{WeeklyPeriod: new("Sunday, monday")}, thursday, "2026-01-04T00:00:00Z", 3 * time.Hour},
		"its own zone": {
			ack.MaintenanceWindow{MaintenanceTime: new("2026-01-01T03:00:00+08:00"), Recurrence: new("FREQ=WEEKLY;BYDAY=SA")},
			thursday, "2026-01-02T19:00:00Z", 3 * time.Hour,
		},
		"every fourth week": {
			ack.MaintenanceWindow{MaintenanceTime: new("2025-12-29T03:00:00Z"), Recurrence: new("FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TU")},
			thursday, "2026-01-26T03:00:00Z", 3 * time.Hour,
		},
		"every second week without a first one": {
			ack.MaintenanceWindow{Recurrence: new("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"), WeeklyPeriod: new("Monday")},
			thursday, "2026-01-15T00:00:00Z", 3 * time.Hour,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.window.Enable = new(true)
			require.NoError(t, CheckWindow(&test.window))
			opens, closes, ok := nextWindow(test.window, test.now)
			require.True(t, ok)
			assert.Equal(t, test.opens, opens.Format(time.RFC3339))
			assert.Equal(t, test.lasts, closes.Sub(opens))
		})
	}
	_, _, ok := nextWindow(ack.MaintenanceWindow{MaintenanceTime: new("03:00:00Z")}, thursday)
	assert.False(t, ok, "it is not in force")
}

func TestCheckWindow(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]ack.MaintenanceWindow{
		"time":           {MaintenanceTime: new("3 o'clock")},
		"no hours":       {Duration: new("3")},
		"too long":       {Duration: new("25h")},
		"day":            {WeeklyPeriod: new("Monday,Someday")},
		"daily":          {Recurrence: new("FREQ=DAILY;BYDAY=MO")},
		"no day":         {Recurrence: new("FREQ=WEEKLY")},
		"unknown day":    {Recurrence: new("FREQ=WEEKLY;BYDAY=XX")},
		"no interval":    {Recurrence: new("FREQ=WEEKLY;INTERVAL=0;BYDAY=MO")},
		"another member": {Recurrence: new("FREQ=WEEKLY;BYDAY=MO;COUNT=3")},
	} {
		require.NoError(t, CheckWindow(&wrong), "a window that is not in force is not read")
		wrong.Enable = new(true)
		require.Error(t, CheckWindow(&wrong), name)
	}
	require.NoError(t, CheckWindow(nil))
}

// TestEventsAreBounded holds that a server that runs for long does not grow.
func TestEventsAreBounded(t *testing.T) {
	t.Parallel()
	s := New(NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	err := s.Do(Call{}, func(w *World) error {
		c := &Cluster{}
		w.CreateCluster(c)
		for range 10 * maxEvents {
			w.Event(Event{Event: ack.Event{ClusterID: c.ClusterID}})
		}
		assert.Less(t, len(w.Events), 2*maxEvents)
		assert.GreaterOrEqual(t, len(w.Events), maxEvents)
		assert.Less(t, len(c.Log), 2*maxLog)
		assert.Len(t, w.EventsOf(func(e *Event) bool { return e.ClusterID == c.ClusterID }), len(w.Events))
		return nil
	})
	require.NoError(t, err)
}
