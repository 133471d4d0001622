package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/generator/output"
)

// app is one run of the command, with its flags.
type app struct {
	*cli.Tool

	out, pkg    string
	check, list bool
	explain     string

	warnings []diag.Finding
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
differs from the fragments beside it, or when not all files can be written.`,
		Example: `  codegen                                       # spec/openapi.yaml to sdk/ack
  codegen --check                               # is sdk/ack up to date? prints a diff
  codegen --spec petstore.yaml --out ./petstore # another API
  codegen --explain GEN012                      # why a finding was reported and how to mend it`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.explain != "" {
				return a.Explain(a.explain)
			}
			return a.generate(cmd.Context())
		},
	}
	flags := root.Flags()
	flags.StringVar(&a.out, "out", "sdk/ack", "`folder` of the client package; the mocks go into a folder below it")
	flags.StringVar(&a.pkg, "package", "", "`name` of the package (default: the name of the folder)")
	flags.BoolVar(&a.check, "check", false, "write nothing; print a diff and exit with 1 when files are stale")
	flags.BoolVar(&a.list, "list", false, "write nothing; print the names of the files")
	flags.StringVar(&a.explain, "explain", "", "write nothing; explain a `code` of a finding, such as GEN012, with a good and a bad example")
	root.MarkFlagsMutuallyExclusive("check", "list", "explain")
	a.Tool = cli.New(root)
	return a.Run(args, stdin, stdout, stderr)
}

func (a *app) generate(ctx context.Context) error {
	made, err := a.files(ctx)
	if faults, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(faults.Findings, "")
	}
	if err != nil {
		return err
	}
	a.warnings = a.WithFixes(made.Warnings)
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

// files generates everything in memory. Faults of the spec are a [*diag.Error].
func (a *app) files(ctx context.Context) (*generator.Output, error) {
	pkg, importPath, err := a.target()
	if err != nil {
		return nil, err
	}
	found, err := bundle.Locate(a.Spec)
	if err != nil {
		return nil, err
	}
	spec, findings, err := found.Read()
	if err != nil {
		return nil, err
	}
	if len(findings) > 0 {
		return nil, &diag.Error{Findings: findings}
	}
	return generator.Generate(ctx, generator.Options{
		SpecName: filepath.ToSlash(found.File), Spec: spec, Folder: found.Folder(), Package: pkg, ImportPath: importPath,
	})
}

// target returns the name and the import path of the package.
func (a *app) target() (name, importPath string, err error) {
	if a.out == "" {
		return "", "", errors.New("--out is empty: it must name the folder of the client package")
	}
	if info, err := os.Stat(a.out); err == nil && !info.IsDir() {
		return "", "", fmt.Errorf("%s is not a folder: --out must name the folder of the client package", a.out)
	}
	abs, err := filepath.Abs(a.out)
	if err != nil {
		return "", "", fmt.Errorf("resolve --out: %w", err)
	}
	name = cmp.Or(a.pkg, filepath.Base(abs))
	if err := naming.CheckPackage(name); err != nil {
		return "", "", fmt.Errorf("%w (--package sets another)", err)
	}
	importPath, err = importPathOf(abs)
	return name, importPath, err
}
