// Command specgen works on the spec: it assembles the fragments into one
// document, validates and lints them, and lists the operations.
//
// The commands live in this package; what they do lives in internal/ and in
// cmd/internal. It may import cobra, these, and generator/diag, load and output.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
