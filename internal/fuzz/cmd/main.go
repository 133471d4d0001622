// Command fuzz runs every fuzz target of the modules below the working folder, and prints what each has found: make fuzz.
//
// It may import pflag and internal/fuzz.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"

	"github.com/spf13/pflag"

	"github.com/ackgen/ackgen/internal/fuzz"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	config, err := parse(args)
	if errors.Is(err, pflag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if config.Root, err = os.Getwd(); err != nil {
		return fmt.Errorf("find the working folder: %w", err)
	}
	config.Out = os.Stdout
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return fuzz.Run(ctx, config)
}

// parse reads the flags, and refuses what would run all targets where somebody has asked for some.
func parse(args []string) (fuzz.Config, error) {
	var config fuzz.Config
	flags := pflag.NewFlagSet("fuzz", pflag.ContinueOnError)
	flags.StringVar(&config.Time, "for", "30s", "how long each target runs: a duration, or a number of executions such as 1000x")
	flags.StringVar(&config.Go, "go", "go", "the go command")
	only := flags.String("only", "", "run the targets alone whose package and name, with a space between, match this expression")
	if err := flags.Parse(args); err != nil {
		return config, err
	}
	if flags.NArg() > 0 {
		return config, fmt.Errorf("%q is no flag: --only=EXPRESSION takes some of the targets", flags.Arg(0))
	}
	if !flags.Changed("only") {
		return config, nil
	}
	if *only == "" {
		return config, errors.New("--only is empty: leave it out to run all targets")
	}
	var err error
	if config.Only, err = regexp.Compile(*only); err != nil {
		return config, fmt.Errorf("read --only: %w", err)
	}
	return config, nil
}
