package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/internal/presets"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
)

// app is one run of the command, with its flags.
type app struct {
	*cli.Tool

	out, pkg           string
	config             string
	operations, groups []string
	presets            []string
	mocks, overrides   bool
	check, list        bool
	explain            string

	made     []*made
	warnings []diag.Finding
	notes    []string
	reasons  []string
}

// run carries out one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{}
	root := &cobra.Command{
		Use:   "codegen",
		Short: "Write a signed Go client from an OpenAPI document",
		Long: `codegen reads an OpenAPI 3.0 document and writes a Go package with a client
method for every operation, the request and response types, the known values of
enums, an interface per group of operations, and a second package with mocks. On
demand there is a third, with typed overrides for the fake server of acktest.

Only files that differ are written. Generated files that are no longer needed
are removed; files that codegen did not write are never replaced or removed.
Nothing is written when the document has faults, or when it is a bundle that
differs from the fragments beside it, or when not all files can be written.

What to generate is said by flags, for one package, or by a file, for one or
more: --config names it, and ackgen.yaml in the current folder is read when no
flag says what to generate. codegen init writes one with comments.

Without --spec the folder spec is read if it holds a spec, and else the spec of
Alibaba Cloud Container Service (ACK) that codegen brings. --spec - reads
standard input. In a file a package without spec is always of that ACK spec.`,
		Example: `  codegen                                                   # what ackgen.yaml says, or the whole API to sdk/ack
  codegen --check                                           # is that up to date? tells why not, and prints a diff
  codegen --operations DescribeClusterDetail --out ./ack    # one operation
  codegen --groups Clusters,Tasks --out ./ack --mocks=false # two groups without mocks
  codegen --spec petstore.yaml --out ./petstore             # another API
  codegen --explain GEN012                                  # why a finding was reported and how to mend it`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.explain != "" {
				return a.Explain(a.explain)
			}
			targets, err := a.targets(cmd.Flags())
			if err != nil {
				return err
			}
			return a.generate(cmd.Context(), targets, cmd.InOrStdin())
		},
	}
	flags := root.Flags()
	flags.StringVar(&a.out, "out", "sdk/ack", "`folder` of the client package; the others go into folders below it")
	flags.StringVar(&a.pkg, "package", "", "`name` of the package (default: the name of the folder)")
	flags.StringSliceVar(&a.operations, "operations", nil, "`ids` of the operations to generate, separated by commas (default: all)")
	flags.StringSliceVar(&a.groups, "groups", nil, "`tags` of the operations to generate as well, separated by commas")
	flags.StringSliceVar(&a.presets, "preset", nil, "`names` of lists of operations of ACK to generate as well: "+strings.Join(presets.Names(), ", "))
	flags.StringVar(&a.config, "config", configName, "`file` that says what to generate, instead of flags")
	flags.BoolVar(&a.mocks, "mocks", true, "generate the package with mocks, which needs testify")
	flags.BoolVar(&a.overrides, "overrides", false, "generate the package with overrides of a fake server")
	flags.BoolVar(&a.check, "check", false, "write nothing; print a diff and exit with 1 when files are stale")
	flags.BoolVar(&a.list, "list", false, "write nothing; print the names of the files")
	flags.StringVar(&a.explain, "explain", "", "write nothing; explain a `code` of a finding, such as GEN012, with a good and a bad example")
	root.AddCommand(a.commands()...)
	root.MarkFlagsMutuallyExclusive("check", "list", "explain")
	a.Tool = cli.New(root)
	return a.Run(args, stdin, stdout, stderr)
}

func (a *app) generate(ctx context.Context, targets []*target, in io.Reader) error {
	var warnings diag.List
	for _, t := range targets {
		a.Progress("generate " + filepath.ToSlash(t.out))
		m, err := t.generate(ctx, in)
		if faults, ok := errors.AsType[*diag.Error](err); ok {
			return a.Report(faults.Findings, "")
		}
		if err != nil {
			return err
		}
		for _, w := range m.Warnings {
			warnings.Add(w)
		}
		for _, note := range m.Notes {
			a.notes = append(a.notes, filepath.ToSlash(t.out)+": "+note)
		}
		a.made = append(a.made, m)
	}
	a.warnings = a.WithFixes(warnings.Sorted())
	a.warn()
	return a.bringUpToDate()
}

// bringUpToDate lists, compares or writes the files of all packages.
func (a *app) bringUpToDate() error {
	var files []output.File
	var givenUp []string
	for _, m := range a.made {
		files = append(files, m.Files...)
		givenUp = append(givenUp, m.folders()...)
	}
	if a.list {
		return a.printFiles(files)
	}
	plan, err := output.NewPlan("", files, givenUp...)
	if obstacles, ok := errors.AsType[*output.ObstacleError](err); ok {
		return fmt.Errorf("nothing written:\n%w", obstacles)
	}
	if err != nil {
		return err
	}
	if a.check {
		return a.printStale(plan)
	}
	if err := plan.Apply(); err != nil {
		return err
	}
	return a.printChanges(plan)
}
