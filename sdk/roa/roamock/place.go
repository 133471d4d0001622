package roamock

import (
	"path"
	"runtime"
	"strconv"
	"strings"
)

// testPlace returns where a test file called, for messages.
func testPlace() string {
	return place(func(f runtime.Frame) bool { return strings.HasSuffix(f.File, "_test.go") })
}

// callPlace returns where the code under test called a mock, for messages. Generated
// code and the runtime, which calls mocks for pages and polls, stand between.
func callPlace() string {
	_, file, _, _ := runtime.Caller(0)
	mocks := path.Dir(file)
	return place(func(f runtime.Frame) bool {
		folder := path.Dir(f.File)
		ours := folder == mocks || folder == path.Dir(mocks) || strings.HasSuffix(f.File, "_gen.go")
		return !ours || strings.HasSuffix(f.File, "_test.go")
	})
}

// place returns the first place on the way to here that fits.
func place(fits func(runtime.Frame) bool) string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		if frame.PC != 0 && fits(frame) {
			return " at " + frame.File[strings.LastIndexByte(frame.File, '/')+1:] + ":" + strconv.Itoa(frame.Line)
		}
		if !more {
			return ""
		}
	}
}
