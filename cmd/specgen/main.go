// Command specgen works on the spec: it writes the fragments of new operations,
// assembles the fragments into one document, validates and lints them, and lists
// the operations.
//
// It may import cobra, its internal packages, cmd/internal/bundle, cli and rules, and
// the generator with its diag, load, output and spell.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
