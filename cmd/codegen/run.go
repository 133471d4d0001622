package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
)

// app is one run of the command, with its flags.
type app struct {
	*cli.Tool

	out, pkg           string
	operations, groups []string
	mocks              bool
	check, list        bool
	explain            string

	warnings []diag.Finding
	notes    []string
}

// run carries out one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{}
	root := &cobra.Command{
		Use:   "codegen",
		Short: "Write a signed Go client from an OpenAPI document",
		Long: `codegen reads an OpenAPI 3.0 document and writes a Go package with a client
method for every operation, the request and response types, the known values of
enums, an interface per group of operations, and a second package with mocks.

Only files that differ are written. Generated files that are no longer needed
are removed; files that codegen did not write are never replaced or removed.
Nothing is written when the document has faults, or when it is a bundle that
differs from the fragments beside it, or when not all files can be written.

Without --spec the folder spec is read if it holds a spec, and else the spec of
Alibaba Cloud Container Service (ACK) that codegen brings. --spec - reads
standard input.`,
		Example: `  codegen                                                   # the whole API to sdk/ack
  codegen --check                                           # is sdk/ack up to date? prints a diff
  codegen --operations DescribeClusterDetail --out ./ack    # one operation
  codegen --groups Clusters,Tasks --out ./ack --mocks=false # two groups without mocks
  codegen --spec petstore.yaml --out ./petstore             # another API
  codegen --explain GEN012                                  # why a finding was reported and how to mend it`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.explain != "" {
				return a.Explain(a.explain)
			}
			t, err := a.target(cmd.Flags())
			if err != nil {
				return err
			}
			return a.generate(cmd.Context(), t, cmd.InOrStdin())
		},
	}
	flags := root.Flags()
	flags.StringVar(&a.out, "out", "sdk/ack", "`folder` of the client package; the mocks go into a folder below it")
	flags.StringVar(&a.pkg, "package", "", "`name` of the package (default: the name of the folder)")
	flags.StringSliceVar(&a.operations, "operations", nil, "`ids` of the operations to generate, separated by commas (default: all)")
	flags.StringSliceVar(&a.groups, "groups", nil, "`tags` of the operations to generate as well, separated by commas")
	flags.BoolVar(&a.mocks, "mocks", true, "generate the package with mocks, which needs testify")
	flags.BoolVar(&a.check, "check", false, "write nothing; print a diff and exit with 1 when files are stale")
	flags.BoolVar(&a.list, "list", false, "write nothing; print the names of the files")
	flags.StringVar(&a.explain, "explain", "", "write nothing; explain a `code` of a finding, such as GEN012, with a good and a bad example")
	root.MarkFlagsMutuallyExclusive("check", "list", "explain")
	a.Tool = cli.New(root)
	return a.Run(args, stdin, stdout, stderr)
}

// target returns the package that the flags describe.
func (a *app) target(flags *pflag.FlagSet) (*target, error) {
	t := &target{spec: a.Spec, out: a.out, pkg: a.pkg, noMocks: !a.mocks}
	if !flags.Changed("spec") && !holdsSpec(a.Spec) {
		t.spec = ""
	}
	var err error
	if t.operations, err = namesIn(flags, "operations", a.operations); err != nil {
		return nil, err
	}
	t.groups, err = namesIn(flags, "groups", a.groups)
	return t, err
}

// namesIn returns the words of a flag. An empty list is refused: it may be an unset
// variable of a script, and would stand for all operations.
func namesIn(flags *pflag.FlagSet, flag string, words []string) ([]name, error) {
	var out []name
	for _, word := range words {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, name{text: word, flag: flag})
		}
	}
	if flags.Changed(flag) && len(out) == 0 {
		return nil, fmt.Errorf("--%s is empty: leave it out to generate all operations", flag)
	}
	return out, nil
}

func (a *app) generate(ctx context.Context, t *target, in io.Reader) error {
	doc, err := t.document(in)
	var made *generator.Output
	if err == nil {
		made, err = t.generate(ctx, doc)
	}
	if faults, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(faults.Findings, "")
	}
	if err != nil {
		return err
	}
	a.warnings, a.notes = a.WithFixes(made.Warnings), made.Notes
	a.warn()
	if a.list {
		return a.printFiles(made.Files)
	}
	plan, err := output.NewPlan(a.out, made.Files)
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
