package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/output"
)

func (a app) bundleCommand() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "Assemble the fragments into openapi.yaml",
		Long: `Assembles root.yaml, operations/, parameters/, responses/ and schemas/ of the spec folder into openapi.yaml there.

The order is fixed: paths by name, methods get, put, post, delete; parameters, responses and schemas by name.
The file is replaced in one step, and only when it differs. With findings it stays as it is.`,
		Example: `  specgen bundle
  specgen bundle --check   # is it up to date? prints a diff if not`,
		Args: cli.AtMost(0),
		RunE: func(*cobra.Command, []string) error { return a.bundle(check) },
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; print a diff and exit with 1 when openapi.yaml is stale")
	return cmd
}

func (a app) bundle(check bool) error {
	spec, err := bundle.Locate(a.Spec)
	if err != nil {
		return err
	}
	if spec.IsFile {
		return fmt.Errorf("bundle the spec: %s is a file: --spec must name the folder of the fragments", spec.File)
	}
	b, err := bundle.Build(spec.Dir)
	if err != nil {
		return err
	}
	if len(b.Findings) > 0 {
		return a.Report(b.Findings, "")
	}
	plan, err := output.PlanFile(spec.File, bundle.Mark, b.YAML)
	if err != nil {
		return fmt.Errorf("replace the bundle: %w", err)
	}
	name, verb := filepath.ToSlash(spec.File), "is up to date"
	if !plan.Empty() {
		verb = "written"
	}
	switch {
	case !check:
		if err := plan.Apply(); err != nil {
			return err
		}
	case !plan.Empty():
		return a.reportStale(name, plan)
	}
	return a.Report(nil, fmt.Sprintf("%s %s: %s", name, verb, inventory(b.Tree)))
}

// reportStale reports a bundle that differs from its fragments, with the difference.
func (a app) reportStale(name string, plan *output.Plan) error {
	if !a.JSON() {
		if err := a.PrintDiff(plan.Diff()); err != nil {
			return err
		}
	}
	return a.Report(bundle.Stale(name), "")
}

// inventory counts what a document holds.
func inventory(doc *oas.Node) string {
	if doc == nil {
		return "nothing"
	}
	operations, schemas := 0, 0
	for range doc.Of(oas.Operation) {
		operations++
	}
	if c := doc.Child("components"); c != nil {
		for range c.In("schemas") {
			schemas++
		}
	}
	return cli.Count(operations, "operation") + ", " + cli.Count(schemas, "schema")
}
