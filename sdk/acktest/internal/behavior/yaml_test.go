package behavior_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

func TestYAML(t *testing.T) {
	t.Parallel()
	got, err := behavior.YAML(`{"repos":["a/","b: c"],"count":12345678901234567890,"none":{},"list":[],"lines":"a\nb\n","deep":{"x":null,"z":"1"}}`)
	require.NoError(t, err)
	assert.Equal(t, `repos:
    - a/
    - 'b: c'
count: 12345678901234567890
none: {}
list: []
lines: |
    a
    b
deep:
    x: null
    z: "1"
`, got)
	_, err = behavior.YAML("{")
	require.Error(t, err)
}
