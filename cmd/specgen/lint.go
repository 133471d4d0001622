package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/bundle"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/diag/rule"
	"github.com/ackgen/ackgen/generator/load/validate"
	"github.com/ackgen/ackgen/generator/spell"
)

func (a *app) lintCommand() *cobra.Command {
	var explain string
	var list bool
	cmd := &cobra.Command{
		Use:   "lint [FILE]",
		Short: "Check the profile of this project, beyond OpenAPI",
		Long: `Assembles the fragments in memory, or reads FILE, and checks the profile that spec/README.md describes. It finds what
OpenAPI validators let pass, and what our specs have to say beyond OpenAPI.

sources.yaml, extensions.yaml and lint.yaml are read from the spec folder, also for FILE, when they are there.`,
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case explain != "":
				return a.explain(explain)
			case list:
				return a.listRules()
			default:
				return a.lint(args)
			}
		},
	}
	cmd.Flags().StringVar(&explain, "explain", "", "explain a code, such as ACK130, with a good and a bad example")
	cmd.Flags().BoolVar(&list, "list", false, "list the codes of all commands")
	cmd.MarkFlagsMutuallyExclusive("explain", "list")
	return cmd
}

func (a *app) lint(args []string) error {
	d, err := a.document(args)
	if err != nil {
		return err
	}
	findings := d.findings
	if d.tree != nil {
		settings, list, err := a.settings(d)
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
	return a.report(findings, d.name+" is clean: "+inventoryOrNone(d.tree))
}

// settings reads the files that the rules consult.
func (a *app) settings(d *document) (lint.Settings, []diag.Finding, error) {
	var list diag.List
	var s lint.Settings
	for _, f := range []struct {
		name   string
		target **yaml.Node
	}{{"sources.yaml", &s.Sources}, {"extensions.yaml", &s.Extensions}, {"lint.yaml", &s.Exceptions}} {
		n, err := bundle.ReadSettings(a.spec, f.name, d.files, &list)
		if err != nil {
			return s, nil, err
		}
		*f.target = n
	}
	return s, list.Sorted(), nil
}

// allRules lists what every code of specgen stands for.
func allRules() []rule.Info {
	all := slices.Concat(bundle.Rules, validate.Rules)
	for _, r := range lint.Rules() {
		all = append(all, r.Info)
	}
	slices.SortFunc(all, func(x, y rule.Info) int { return strings.Compare(x.Code, y.Code) })
	return all
}

func (a *app) listRules() error {
	rules := allRules()
	if a.output == "json" {
		return a.printJSON(rules)
	}
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "%s  %s\n", r.Code, r.Title)
	}
	return printTo(a.stdout, b.String())
}

// explain prints everything that is known about a code.
func (a *app) explain(code string) error {
	rules := allRules()
	i := slices.IndexFunc(rules, func(r rule.Info) bool { return strings.EqualFold(r.Code, code) })
	if i < 0 {
		codes := make([]string, len(rules))
		for i, r := range rules {
			codes[i] = r.Code
		}
		return fmt.Errorf("unknown code %q%s (specgen lint --list prints all codes)", code, spell.Hint(code, codes))
	}
	r := rules[i]
	c, err := lint.CaseOf(r.Code)
	if err != nil {
		return err
	}
	if a.output == "json" {
		return a.printJSON(struct {
			rule.Info

			Bad  []lint.Snippet `json:"bad,omitempty"`
			Good []lint.Snippet `json:"good,omitempty"`
		}{r, c.Bad, c.Good})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nWhy:  %s\nFix:  %s.\n", r.Code, r.Title, r.Why, r.Fix)
	writeSnippets(&b, "Bad", c.Bad)
	writeSnippets(&b, "Good", c.Good)
	return printTo(a.stdout, b.String())
}

func writeSnippets(b *strings.Builder, title string, snippets []lint.Snippet) {
	for _, s := range snippets {
		text, where := s.Text, s.File
		if strings.TrimSpace(text) == "" {
			text, where = s.Old, where+" without this"
		}
		fmt.Fprintf(b, "\n%s, in %s:\n\n", title, where)
		for _, line := range dedent(text) {
			if line != "" {
				line = "    " + line
			}
			fmt.Fprintln(b, line)
		}
	}
}

// dedent takes off the indentation that all lines share.
func dedent(text string) []string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	common := len(text)
	for _, l := range lines {
		if trimmed := strings.TrimLeft(l, " "); trimmed != "" {
			common = min(common, len(l)-len(trimmed))
		}
	}
	for i, l := range lines {
		lines[i] = l[min(common, len(l)):]
	}
	return lines
}
