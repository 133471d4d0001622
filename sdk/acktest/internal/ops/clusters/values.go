package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// value returns what a pointer points at, and zero for nil.
func value[T any](p *T) T {
	var zero T
	return valueOr(p, zero)
}

func valueOr[T any](p *T, usual T) T {
	if p == nil {
		return usual
	}
	return *p
}

// is reports whether a flag is set and true.
func is(flag *bool) bool { return value(flag) }

// reference returns what most operations say of the task that they started.
func reference(t *world.Task) ack.TaskReference {
	return ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}
}
