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
		return service.Serve(os.Stdin, os.Stdout)
	}
	config, err := parse(args)
	if errors.Is(err, pflag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program itself: %w", err)
	}
	config.Service, config.Out = []string{program, serveArgument}, os.Stdout
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return soak.Run(ctx, config)
}

// parse reads the flags, and refuses a run that would check nothing.
func parse(args []string) (soak.Config, error) {
	var config soak.Config
	flags := pflag.NewFlagSet("soak", pflag.ContinueOnError)
	flags.DurationVar(&config.For, "for", 30*time.Minute, "how long to soak, rounded up: a run is whole windows after a first one, in which each worker lives once, and one window at least")
	flags.DurationVar(&config.Window, "window", 30*time.Second, "how long until all calls and what is held are checked")
	flags.Uint64Var(&config.Seed, "seed", 0, "decides which faults happen to which attempts, and what the workers do; but not when, so that two runs differ "+
		"in how much they do (default: a random one)")
	flags.IntVar(&config.Workers, "workers", 24, "how many programs there are at the same time")
	flags.IntVar(&config.Accounts, "accounts", 6, "how many accounts they share")
	if err := flags.Parse(args); err != nil {
		return config, err
	}
	if !flags.Changed("seed") {
		config.Seed = rand.Uint64N(1e6) //nolint:gosec // is printed
	}
	if flags.NArg() > 0 {
		return config, fmt.Errorf("%q is no flag: run with --help for those that there are", flags.Arg(0))
	}
	return config, check(config)
}

// check refuses numbers and durations that are not above 0.
func check(config soak.Config) error {
	if config.For <= 0 {
		return fmt.Errorf("--for is %s: want a duration above 0, such as 30m", config.For)
	}
	if config.Window <= 0 {
		return fmt.Errorf("--window is %s: want a duration above 0, such as 30s", config.Window)
	}
	if config.Workers < 1 {
		return fmt.Errorf("--workers is %d: want 1 or more", config.Workers)
	}
	if config.Accounts < 1 {
		return fmt.Errorf("--accounts is %d: want 1 or more", config.Accounts)
	}
	return nil
}
