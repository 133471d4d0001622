package cli

import (
	"cmp"
	"runtime"
	"runtime/debug"
)

// Version names the module version that the program was built from, and the Go
// release that built it, such as "v1.2.0 go1.26.1".
func Version() string {
	module := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		module = info.Main.Version
	}
	return cmp.Or(module, "(devel)") + " " + runtime.Version()
}
