package main

import (
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/generator/diag/rule"
	"github.com/ackgen/ackgen/generator/load/validate"
)

// app is one run of the command.
type app struct{ *cli.Tool }

// run carries out one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:   "specgen",
		Short: "Work on the spec: bundle, validate, lint and list it",
		Long:  `specgen works on a spec: on a folder of fragments (see spec/README.md) or on one OpenAPI document.`,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	a := app{cli.New(root, allRules())}
	root.AddCommand(a.bundleCommand(), a.validateCommand(), a.lintCommand(), a.listCommand())
	return a.Run(args, stdin, stdout, stderr)
}

// allRules lists what every code of specgen stands for.
func allRules() []rule.Info {
	all := slices.Concat(bundle.Rules, validate.Rules)
	for _, r := range lint.Rules() {
		all = append(all, r.Info)
	}
	return all
}
