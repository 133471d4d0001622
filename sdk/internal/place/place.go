// Package place tells where code was called from, for messages of mocks and fakes.
//
// It imports the standard library only.
package place

import (
	"runtime"
	"strconv"
	"strings"
)

// maxDepth is how far up callers are looked at.
const maxDepth = 32

// First returns file and line, as in nodes_test.go:31, of the innermost caller that
// fits, or "".
func First(fits func(runtime.Frame) bool) string {
	var pcs [maxDepth]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		if frame.PC != 0 && fits(frame) {
			return frame.File[strings.LastIndexByte(frame.File, '/')+1:] + ":" + strconv.Itoa(frame.Line)
		}
		if !more {
			return ""
		}
	}
}

// OfTest returns where the innermost caller in a test file stands, or "".
func OfTest() string { return First(InTest) }

// InTest reports whether a frame is in a test file.
func InTest(f runtime.Frame) bool { return strings.HasSuffix(f.File, "_test.go") }
