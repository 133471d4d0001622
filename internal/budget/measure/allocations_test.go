//go:build !race

// The race detector makes pools forget at random, so that counts vary under it.

package measure

import (
	"context"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/sdk/ack"
)

// TestAllocationsAreTheSame is not parallel, as allocations of all goroutines count.
func TestAllocationsAreTheSame(t *testing.T) { //nolint:paralleltest // counts the allocations of the whole program
	first, err := Allocations(t.Context())
	require.NoError(t, err)
	assert.Len(t, first.Numbers, len(calls())+1)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second, err := Allocations(t.Context())
	require.NoError(t, err)
	assert.Equal(t, first, second)
}

var kept *[8]int

// TestOneAllocationMoreIsFound compares with limits that are written for the calls as they are.
func TestOneAllocationMoreIsFound(t *testing.T) { //nolint:paralleltest // counts the allocations of the whole program
	for _, c := range calls() {
		n, err := c.count(t.Context())
		require.NoError(t, err, c.name)
		do := c.do
		c.do = func(ctx context.Context, client *ack.Client) error {
			kept = new([8]int)
			return do(ctx, client)
		}
		more, err := c.count(t.Context())
		require.NoError(t, err, c.name)
		result := limits.Compare([]limits.Group{{Name: "allocations", Numbers: []limits.Number{{Name: c.name, Value: more}}}},
			limits.Limits{Numbers: map[string]map[string]int{"allocations": {c.name: n}}})
		require.Len(t, result.Problems, 1, c.name)
		assert.Contains(t, result.Problems[0], ", 1 above the limit of ", c.name)
	}
}

func TestCallsThatFailAreNotCounted(t *testing.T) { //nolint:paralleltest // counts the allocations of the whole program
	for _, c := range []call{
		{name: "refused", responses: []response{{404, refused}}, do: get},
		{name: "found", responses: []response{{200, small}}, do: getRefused},
		{name: "one page", responses: []response{{200, nodes(0, 100, 100)}}, do: pages},
	} {
		_, err := c.count(t.Context())
		require.ErrorContains(t, err, "count allocations of "+c.name+": ")
	}
}
