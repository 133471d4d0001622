// Command codegen writes a signed Go client, its models and its mocks from an
// OpenAPI document.
//
// It may import cobra, the generator and cmd/internal.
package main

import (
	"os"
	"runtime/debug"
)

// memory is where the garbage collector begins to work harder. Documents with thousands
// of operations would else take twice the memory that they need.
const memory = 1792 << 20

func main() {
	debug.SetMemoryLimit(memory)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
