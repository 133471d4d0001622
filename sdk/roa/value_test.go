package roa_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/roa"
)

func TestValue(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 3, roa.Value(new(3)))
	assert.Empty(t, roa.Value[string](nil))
}

func TestNonZero(t *testing.T) {
	t.Parallel()
	type pair struct {
		a []string
		b int
	}
	assert.Nil(t, roa.NonZero(0))
	assert.Equal(t, new(3), roa.NonZero(3))
	assert.Nil(t, roa.NonZero(pair{}))
	assert.Equal(t, &pair{b: 1}, roa.NonZero(pair{b: 1}))
	assert.Equal(t, &pair{a: []string{}}, roa.NonZero(pair{a: []string{}}), "an empty list is a value")
}

func TestCopyList(t *testing.T) {
	t.Parallel()
	double := func(n *int) *int64 { return new(2 * int64(*n)) }
	assert.Equal(t, []int64{2, 4}, roa.CopyList([]int{1, 2}, double))
	assert.Equal(t, []int64{}, roa.CopyList([]int{}, double), "an empty list is a value")
	assert.Nil(t, roa.CopyList(nil, double))
}
