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
	root, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the working folder: %w", err)
	}
	config := fuzz.Config{Root: root, Out: os.Stdout}
	flags := pflag.NewFlagSet("fuzz", pflag.ContinueOnError)
	flags.StringVar(&config.Time, "for", "30s", "how long each target runs: a duration, or a number of executions such as 1000x")
	flags.StringVar(&config.Go, "go", "go", "the go command")
	only := flags.String("only", "", "run the targets alone whose package and name, with a space between, match this expression")
	if err := flags.Parse(args); errors.Is(err, pflag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	if *only != "" {
		if config.Only, err = regexp.Compile(*only); err != nil {
			return fmt.Errorf("read --only: %w", err)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return fuzz.Run(ctx, config)
}
