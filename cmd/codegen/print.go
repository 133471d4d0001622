package main

import (
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
)

// result is the JSON that codegen prints, with warnings as findings. For faults of
// the spec, [cli.Tool.Report] prints it without files.
type result struct {
	Findings []diag.Finding  `json:"findings"`
	Notes    []string        `json:"notes,omitempty"`
	Reasons  []string        `json:"reasons,omitempty"`
	Files    []output.Change `json:"files"`
}

// warn tells people the warnings and notes; in JSON they are part of the result.
func (a *app) warn() {
	if a.JSON() {
		return
	}
	for _, w := range a.warnings {
		a.Note(w.String())
	}
	for _, note := range a.notes {
		a.Note(note)
	}
}

// printFiles prints the names of all files.
func (a *app) printFiles(files []output.File) error {
	all := make([]output.Change, len(files))
	var b strings.Builder
	for i, f := range files {
		all[i].File = f.Name
		b.WriteString(all[i].File + "\n")
	}
	if a.JSON() {
		return a.PrintJSON(result{Findings: a.warnings, Notes: a.notes, Files: all})
	}
	return a.Print(b.String())
}

// printChanges prints what was done.
func (a *app) printChanges(plan *output.Plan) error {
	if a.JSON() {
		return a.PrintJSON(result{a.warnings, a.notes, a.reasons, plan.Changes()})
	}
	var b strings.Builder
	for _, c := range plan.Changes() {
		b.WriteString(c.Verb + " " + c.File + "\n")
	}
	return a.Print(b.String())
}

// printStale prints the changes that a run without --check would make, if any, and
// why.
func (a *app) printStale(plan *output.Plan) error {
	for _, m := range a.made {
		a.reasons = append(a.reasons, m.reasons(plan.Changes())...)
	}
	if a.JSON() {
		if err := a.printChanges(plan); err != nil {
			return err
		}
	} else {
		for _, line := range a.reasons {
			a.Note(line)
		}
		if err := a.PrintDiff(plan.Diff()); err != nil {
			return err
		}
	}
	if plan.Empty() {
		return nil
	}
	a.Note("the generated files are stale; run codegen without --check")
	return cli.ErrFindings
}
