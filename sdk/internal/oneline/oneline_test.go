package oneline_test

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

func TestOf(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a b", oneline.Of("\n a \t\x00 b\u2028", 10))
	assert.Equal(t, "中文...", oneline.Of("中文中", 8))
	assert.Equal(t, "...", oneline.Of("中", 2))
	assert.Equal(t, "a", oneline.Of("a\xff", 10))
	for _, r := range oneline.Of(string([]rune{0x7f, 0x85, 0x200b, 0x202e, 0xfeff, 'x'}), 10) {
		assert.True(t, unicode.IsPrint(r))
	}
}
