package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
)

func (a app) validateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "validate",
		Short: "Validate against OpenAPI 3.0, examples and defaults included",
		Long: `Validates the spec with kin-openapi: structure, patterns, examples and defaults, and the names of our extensions.
Fragments are assembled in memory. All findings are reported at once, with the positions of the fragments.`,
		Example: `  specgen validate
  specgen validate --spec petstore.yaml -o json`,
		Args: cli.AtMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.validate(cmd.Context()) },
	}
}

// strict makes errors of all findings: to find them is what the command is run for.
func strict(findings []diag.Finding) []diag.Finding {
	for i := range findings {
		findings[i].Warning = false
	}
	return findings
}

func (a app) validate(ctx context.Context) error {
	a.Progress("validate the spec")
	d, err := document.Open(a.Spec)
	if err != nil {
		return err
	}
	findings := d.Findings
	if d.Whole {
		var invalid diag.List
		load.Load(ctx, d.Name, d.Data, d.Folder, &invalid)
		findings = slices.Concat(findings, strict(d.AtSource(invalid.Sorted())))
	}
	return a.Report(findings, d.Name+" is valid: "+inventory(d.Tree))
}
