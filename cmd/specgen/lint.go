package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
	"github.com/ackgen/ackgen/spec"
)

func (a app) lintCommand() *cobra.Command {
	var explain string
	var today string
	var list, stats bool
	var groups []string
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check that the generator takes the spec, and that it follows the profile of this project",
		Long: `Reports what validate reports, what the generator would refuse, and what breaks the profile of spec/README.md.
Fragments are assembled in memory, and findings have the positions of the fragments.

One finding is a warning, and does not make lint fail: the window of what the provider removed is over (ACK192). It comes with the day and
not with a change. --today compares with another day.

sources.yaml, extensions.yaml, terms.yaml and lint.yaml are read from the folder of the spec if they exist. lint.yaml says what differs from
spec to spec: rules that are left out, with a reason for each, the services of RAM actions, and names that have several types.

The rules come in groups; --rules chooses some of them:
  code        what makes the document or the generated code wrong; enough for the spec of another API
  names       how operations, parameters and schemas are called
  texts       how descriptions are written
  examples    that parameters, bodies and responses have examples
  provenance  that sources and RAM actions are cited
  profile     what else this project demands beyond OpenAPI`,
		Example: `  specgen lint
  specgen lint --spec petstore.yaml --rules code
  specgen lint --explain GEN012`,
		Args: cli.AtMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case explain != "":
				return a.Explain(explain)
			case list:
				return a.ListCodes()
			case stats:
				return a.stats()
			default:
				return a.lint(cmd.Context(), groups, today)
			}
		},
	}
	cmd.Flags().StringVar(&explain, "explain", "", "explain a `code` of any command, such as ACK130, with a good and a bad example")
	cmd.Flags().BoolVar(&list, "list", false, "list the codes of all commands")
	cmd.Flags().StringSliceVar(&groups, "rules", nil, "check only these `groups` of rules, such as code,texts (default: all)")
	cmd.Flags().BoolVar(&stats, "stats", false, "print how much of the spec is described and has a source; check nothing")
	cmd.Flags().StringVar(&today, "today", "", "the `day` to compare windows with, such as 2027-12-01 (default: the present one)")
	cmd.MarkFlagsMutuallyExclusive("explain", "list", "rules", "stats")
	cmd.MarkFlagsMutuallyExclusive("explain", "list", "today", "stats")
	return cmd
}

func (a app) lint(ctx context.Context, groups []string, today string) error {
	chosen, err := chosenGroups(groups)
	if err != nil {
		return err
	}
	day, err := dayOf(today)
	if err != nil {
		return err
	}
	a.Progress("check the spec")
	d, err := document.Open(a.Spec)
	if err != nil {
		return err
	}
	settings, list, err := readSettings(d.Dir, d.Files)
	if err != nil {
		return err
	}
	settings.Today = day
	findings := slices.Concat(d.Findings, list)
	if d.Whole && chosen[rules.Code] {
		found := d.AtSource(generator.Check(ctx, generator.Options{SpecName: d.Name, Spec: d.Data, Folder: d.Folder}))
		if chosen[rules.Profile] && !settings.LeavesOutGroup(rules.Profile) { // which takes nothing that the generated code does not show
			found = strict(found)
		}
		findings = slices.Concat(findings, found)
	}
	if d.Tree != nil {
		findings = slices.Concat(findings, lint.Run(rulesFor(d, chosen), d.Tree, d.Files, settings))
	}
	slices.SortStableFunc(findings, func(x, y diag.Finding) int { return x.Pos.Compare(y.Pos) })
	return a.Report(findings, d.Name+" is clean: "+inventory(d.Tree))
}

// dayOf returns the day that a flag names, or the present one.
func dayOf(flag string) (time.Time, error) {
	if flag == "" {
		return time.Now(), nil
	}
	day, err := time.Parse(time.DateOnly, flag)
	if err != nil {
		return time.Time{}, fmt.Errorf("--today %s is not a day: write it as 2027-12-01", flag)
	}
	return day, nil
}

// stats prints how much of the document is described.
func (a app) stats() error {
	d, err := document.Open(a.Spec)
	switch {
	case err != nil:
		return err
	case d.Tree == nil || !d.Whole:
		return a.Report(d.Findings, "")
	}
	s := lint.Count(d.Tree)
	if a.JSON() {
		return a.PrintJSON(s)
	}
	rows := [][]string{{"", "DESCRIBED", "OF", "SHARE"}}
	for _, r := range []struct {
		name string
		lint.Share
	}{
		{"operations", s.Operations}, {"parameters", s.Parameters}, {"fields", s.Fields}, {"enum values", s.EnumValues},
		{"operations and objects with a source of their meaning", s.Sourced},
	} {
		rows = append(rows, []string{r.name, strconv.Itoa(r.Have), strconv.Itoa(r.All), percent(r.Share)})
	}
	rows = append(rows, []string{"those that say that no source tells it", strconv.Itoa(s.Undocumented), "", ""})
	return a.printTable(rows)
}

// percent rounds down, so that 100 % means all.
func percent(s lint.Share) string {
	if s.All == 0 {
		return "-"
	}
	return fmt.Sprintf("%d %%", s.Have*100/s.All)
}

// chosenGroups returns the named groups, or all groups without names.
func chosenGroups(names []string) (map[rules.Group]bool, error) {
	chosen := map[rules.Group]bool{}
	known := make([]string, 0, len(rules.Groups()))
	for _, g := range rules.Groups() {
		known = append(known, string(g))
		chosen[g] = len(names) == 0
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown group of rules %q%s (there are %s)", name, spell.Hint(name, known), strings.Join(known, ", "))
		}
		chosen[rules.Group(name)] = true
	}
	return chosen, nil
}

// rulesFor returns the rules of the groups that apply to the document.
func rulesFor(d *document.Document, chosen map[rules.Group]bool) []lint.Rule {
	return slices.DeleteFunc(lint.Rules(), func(r lint.Rule) bool {
		info, _ := rules.Find(r.Code)
		return !chosen[info.Group] || r.Bundled && d.Fragments
	})
}

// readSettings reads the files beside the spec that rules need. The extensions are those
// of this project if the spec has no file of its own.
func readSettings(dir string, files yamlsrc.Files) (lint.Settings, []diag.Finding, error) {
	var list diag.List
	var s lint.Settings
	for _, f := range []struct {
		name   string
		target **yaml.Node
	}{{"sources.yaml", &s.Sources}, {"extensions.yaml", &s.Extensions}, {"lint.yaml", &s.Lint}, {terms.FileName, &s.Terms}} {
		n, err := bundle.ReadSettings(dir, f.name, files, &list)
		if err != nil {
			return s, nil, err
		}
		*f.target = n
	}
	if s.Extensions == nil {
		s.Extensions = files.Parse("extensions.yaml", spec.Extensions(), &list)
	}
	return s, list.Sorted(), nil
}
