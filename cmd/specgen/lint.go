package main

import (
	"slices"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/diag/rule"
)

func (a app) lintCommand() *cobra.Command {
	var explain string
	var list bool
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check the profile of this project, beyond OpenAPI",
		Long: `Checks the profile that spec/README.md describes. It finds what OpenAPI validators let pass, and what our specs have to
say beyond OpenAPI. Fragments are assembled in memory.

sources.yaml, extensions.yaml and lint.yaml are read from the folder of the spec when they are there.`,
		Args: cli.AtMost(0),
		RunE: func(*cobra.Command, []string) error {
			switch {
			case explain != "":
				return a.Explain(explain, example)
			case list:
				return a.ListCodes()
			default:
				return a.lint()
			}
		},
	}
	cmd.Flags().StringVar(&explain, "explain", "", "explain a code, such as ACK130, with a good and a bad example")
	cmd.Flags().BoolVar(&list, "list", false, "list the codes of all commands")
	cmd.MarkFlagsMutuallyExclusive("explain", "list")
	return cmd
}

// example returns the example of a code, also of those of other commands.
func example(code string) (bad, good []rule.Snippet, err error) {
	c, err := lint.CaseOf(code)
	return c.Bad, c.Good, err
}

func (a app) lint() error {
	d, err := a.document()
	if err != nil {
		return err
	}
	findings := d.findings
	if d.tree != nil {
		settings, list, err := d.settings()
		if err != nil {
			return err
		}
		rules := lint.Rules()
		if d.fragments {
			rules = slices.DeleteFunc(rules, func(r lint.Rule) bool { return r.Bundled })
		}
		findings = slices.Concat(findings, list, lint.Run(rules, d.tree, d.files, settings))
		slices.SortStableFunc(findings, func(x, y diag.Finding) int { return x.Pos.Compare(y.Pos) })
	}
	return a.Report(findings, d.name+" is clean: "+inventory(d.tree))
}

// settings reads the files that the rules consult.
func (d *document) settings() (lint.Settings, []diag.Finding, error) {
	var list diag.List
	var s lint.Settings
	for _, f := range []struct {
		name   string
		target **yaml.Node
	}{{"sources.yaml", &s.Sources}, {"extensions.yaml", &s.Extensions}, {"lint.yaml", &s.Exceptions}} {
		n, err := bundle.ReadSettings(d.dir, f.name, d.files, &list)
		if err != nil {
			return s, nil, err
		}
		*f.target = n
	}
	return s, list.Sorted(), nil
}
