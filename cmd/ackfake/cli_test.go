package main

import (
	"flag"
	"testing"

	"github.com/ackgen/ackgen/cmd/internal/clitest"
)

var update = flag.Bool("update", false, "rewrite the goldens of the command")

// TestCommand runs every case of testdata/ackfake. None of them gets to serve.
func TestCommand(t *testing.T) {
	t.Parallel()
	clitest.Suite{Cases: "../../testdata/ackfake", Golden: "../../golden/ackfake", Run: run, Update: *update}.Test(t)
}

func TestManual(t *testing.T) {
	t.Parallel()
	clitest.Manual(t, run, "ackfake")
}
