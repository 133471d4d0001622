package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
)

// The exit codes.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
)

// errStale tells that --check found a difference, which is printed already.
var errStale = errors.New("the generated files are stale; run codegen without --check")

// command holds the flags of one run.
type command struct {
	spec, out, pkg string
	check, list    bool
	stdout, stderr io.Writer
}

// run carries out one command line and returns the exit code: 0 when all is
// well, 1 when the spec has faults or --check finds stale files, 2 when the
// command line is wrong or files cannot be read or written.
func run(args []string, stdout, stderr io.Writer) int {
	c := &command{stdout: stdout, stderr: stderr}
	root := c.cobra()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		return exitClean
	}
	var faults *diag.Error
	var handWritten *output.HandWrittenError
	switch {
	case errors.As(err, &faults):
		fmt.Fprintln(stderr, err)
		fmt.Fprintf(stderr, "codegen: %d finding(s), nothing written\n", len(faults.Findings))
		return exitFindings
	case errors.Is(err, errStale):
		fmt.Fprintln(stderr, "codegen:", err)
		return exitFindings
	case errors.As(err, &handWritten):
		fmt.Fprintln(stderr, err)
		fmt.Fprintln(stderr, "codegen: nothing written")
	default:
		fmt.Fprintln(stderr, "codegen:", err)
	}
	return exitUsage
}

func (c *command) cobra() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "codegen",
		Short: "Write a signed Go client from an OpenAPI document",
		Long: `codegen reads an OpenAPI 3.0 document and writes a Go package with a client
method for every operation, the request and response types, the known values of
enums, an interface per group of operations, and a second package with mocks.

Only files that differ are written. Generated files that are no longer needed
are removed. Nothing is written when the document has faults.`,
		Example: `  codegen                                       # spec/openapi.yaml to sdk/ack
  codegen --check                               # is sdk/ack up to date? prints a diff
  codegen --spec petstore.yaml --out ./petstore # another API`,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return c.generate(cmd.Context()) },
	}
	flags := cmd.Flags()
	flags.StringVar(&c.spec, "spec", "spec/openapi.yaml", "the OpenAPI document, YAML or JSON")
	flags.StringVar(&c.out, "out", "sdk/ack", "the folder of the client package; the mocks go into a folder below it")
	flags.StringVar(&c.pkg, "package", "", "the package name (default: the name of the folder)")
	flags.BoolVar(&c.check, "check", false, "write nothing, print a diff and exit with 1 when files are stale")
	flags.BoolVar(&c.list, "list", false, "write nothing, print the names of the files")
	cmd.MarkFlagsMutuallyExclusive("check", "list")
	return cmd
}

func (c *command) generate(ctx context.Context) error {
	files, err := c.files(ctx)
	if err != nil {
		return err
	}
	if c.list {
		for _, f := range files {
			fmt.Fprintln(c.stdout, filepath.ToSlash(filepath.Join(c.out, f.Name)))
		}
		return nil
	}
	plan, err := output.NewPlan(c.out, files)
	if err != nil {
		return err
	}
	if c.check {
		if plan.Empty() {
			return nil
		}
		fmt.Fprint(c.stdout, plan.Diff())
		return errStale
	}
	if err := plan.Apply(); err != nil {
		return err
	}
	for _, line := range plan.Summary() {
		fmt.Fprintln(c.stdout, line)
	}
	return nil
}

// files generates everything in memory.
func (c *command) files(ctx context.Context) ([]output.File, error) {
	spec, err := os.ReadFile(c.spec)
	if err != nil {
		return nil, fmt.Errorf("read the spec: %w", err)
	}
	pkg := c.pkg
	if pkg == "" {
		abs, err := filepath.Abs(c.out)
		if err != nil {
			return nil, fmt.Errorf("resolve --out: %w", err)
		}
		pkg = filepath.Base(abs)
	}
	if !packageName.MatchString(pkg) {
		return nil, fmt.Errorf("%q is no package name: set --package to lower-case letters and digits", pkg)
	}
	importPath, err := importPathOf(c.out)
	if err != nil {
		return nil, err
	}
	return generator.Generate(ctx, generator.Options{
		SpecName: filepath.ToSlash(c.spec), Spec: spec, Package: pkg, ImportPath: importPath,
	})
}

var packageName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
