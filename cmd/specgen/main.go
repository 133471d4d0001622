// Command specgen works on the spec: it assembles the fragments into one
// document, validates and lints them, and lists the operations.
//
// The commands live in this package; what they do lives in internal/. It may
// import cobra, internal/... and generator/diag.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
