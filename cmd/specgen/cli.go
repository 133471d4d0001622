package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
)

// app is one run of the command.
type app struct{ *cli.Tool }

// interruptible returns a context that ends when the user interrupts the command, which
// removes its temporary files then.
func interruptible(cmd *cobra.Command) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
}

// run carries out one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:   "specgen",
		Short: "Work on the spec: extend, bundle, validate, lint, list, compare and review it",
		Long:  `specgen works on a spec: on a folder of fragments (see spec/README.md) or on one OpenAPI document.`,
		Example: `  specgen bundle && specgen validate && specgen lint   # after a change of the spec
  specgen review main HEAD --html review.html          # what it means to programs`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	a := app{cli.New(root)}
	root.AddCommand(a.newCommand(), a.driftCommand(), a.bundleCommand(), a.validateCommand(), a.lintCommand(), a.listCommand(), a.diffCommand(),
		a.reviewCommand(), a.releaseCommand(), a.docsCommand())
	return a.Run(args, stdin, stdout, stderr)
}
