// Command codegen writes a signed Go client, its models and its mocks from an
// OpenAPI document.
//
// It may import the generator and cobra.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
