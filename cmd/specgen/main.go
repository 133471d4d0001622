// Command specgen works on the spec: it writes the fragments of new operations,
// assembles the fragments into one document, validates, lints, lists, compares and
// reviews them, makes releases of what changed, and writes the reference as a site.
//
// It may import cobra, its internal packages, cmd/internal/bundle, cli and rules, and
// the generator with its diag, load, output and spell.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, takeStdout(), os.Stderr))
}

// takeStdout returns standard output for the command, and leaves nothing in its place: apidiff
// prints there when it has two things to say of one name, and keeps one of them.
func takeStdout() *os.File {
	stdout := os.Stdout
	os.Stdout, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a nil file takes nothing either
	return stdout
}
