package nilcheck_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
)

func TestIsNil(t *testing.T) {
	t.Parallel()
	for _, v := range []any{nil, (*int)(nil), []int(nil), map[string]int(nil)} {
		assert.True(t, nilcheck.IsNil(v), "%T", v)
	}
	for _, v := range []any{0, "", new(int), []int{}, map[string]int{}, struct{}{}} {
		assert.False(t, nilcheck.IsNil(v), "%T", v)
	}
}
