package place

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPlace(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "place_test.go:12", OfTest())
	assert.Empty(t, First(func(runtime.Frame) bool { return false }))
	assert.Regexp(t, `^testing\.go:\d+$`, First(func(f runtime.Frame) bool {
		return !InTest(f) && f.Function != "" && f.File[len(f.File)-8:] != "place.go"
	}))
}
