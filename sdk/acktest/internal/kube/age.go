package kube

import (
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

const day = 24 * time.Hour

// age returns how old an object is, as kubectl prints it.
func age(o object.Object, now time.Time) string {
	return since(object.String(o, "metadata", "creationTimestamp"), now)
}

// since returns how long ago a time of an object was.
func since(timestamp string, now time.Time) string {
	then, err := time.Parse(time.RFC3339, timestamp)
	if err != nil {
		return "<unknown>"
	}
	return humanDuration(max(now.Sub(then), 0))
}

// humanDuration prints a duration in one or two units: the shorter it is in the
// larger unit, the more the smaller one matters.
func humanDuration(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%ds", d/time.Second)
	case d < 10*time.Minute:
		return twoUnits(d, time.Minute, "m", time.Second, "s")
	case d < 3*time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 8*time.Hour:
		return twoUnits(d, time.Hour, "h", time.Minute, "m")
	case d < 2*day:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < 8*day:
		return twoUnits(d, day, "d", time.Hour, "h")
	case d < 2*365*day:
		return fmt.Sprintf("%dd", d/day)
	case d < 8*365*day:
		return twoUnits(d, 365*day, "y", day, "d")
	default:
		return fmt.Sprintf("%dy", d/(365*day))
	}
}

func twoUnits(d, large time.Duration, largeName string, small time.Duration, smallName string) string {
	if rest := d % large / small; rest > 0 {
		return fmt.Sprintf("%d%s%d%s", d/large, largeName, rest, smallName)
	}
	return fmt.Sprintf("%d%s", d/large, largeName)
}
