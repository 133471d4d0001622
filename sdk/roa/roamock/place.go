package roamock

import (
	"path"
	"runtime"
	"strings"

	"github.com/ackgen/ackgen/sdk/internal/place"
)

// testPlace returns where a test file called, for messages.
func testPlace() string { return at(place.OfTest()) }

// callPlace returns where the code under test called a mock, for messages. Generated
// code and the runtime, which calls mocks for pages and polls, stand between.
func callPlace() string {
	_, file, _, _ := runtime.Caller(0)
	mocks := path.Dir(file)
	return at(place.First(func(f runtime.Frame) bool {
		folder := path.Dir(f.File)
		ours := folder == mocks || folder == path.Dir(mocks) || folder == path.Join(mocks, "../../internal/place") || strings.HasSuffix(f.File, "_gen.go")
		return !ours || place.InTest(f)
	}))
}

func at(place string) string {
	if place == "" {
		return ""
	}
	return " at " + place
}
