// Command soak runs a fleet of programs of the SDK against a fake server, with random faults, for as long as it is told: make soak.
//
// It may import pflag and internal/soak.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/pflag"

	"github.com/ackgen/ackgen/internal/soak"
	"github.com/ackgen/ackgen/internal/soak/service"
)

// serveArgument makes the program the server of a soak.
const serveArgument = "serve"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 && args[0] == serveArgument {
		return service.Serve(os.Stdin, os.Stdout) //nolint:wrapcheck // says what was tried
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program itself: %w", err)
	}
	config := soak.Config{Service: []string{program, serveArgument}, Out: os.Stdout}
	flags := pflag.NewFlagSet("soak", pflag.ContinueOnError)
	flags.DurationVar(&config.For, "for", 30*time.Minute, "how long to soak")
	flags.DurationVar(&config.Window, "window", 30*time.Second, "how long until all calls and what is held are checked")
	flags.Uint64Var(&config.Seed, "seed", rand.Uint64N(1e6), "which faults happen to which attempts, and what the workers do (default: a random one)") //nolint:gosec // is printed
	flags.IntVar(&config.Workers, "workers", 24, "how many programs there are at the same time")
	flags.IntVar(&config.Accounts, "accounts", 6, "how many accounts they share")
	if err := flags.Parse(args); errors.Is(err, pflag.ErrHelp) {
		return nil
	} else if err != nil {
		return err //nolint:wrapcheck // says what is wrong
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return soak.Run(ctx, config) //nolint:wrapcheck // says what was tried
}
