// Command codegen writes a signed Go client, its models and its mocks from an
// OpenAPI document.
//
// It may import cobra, the generator and cmd/internal.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
