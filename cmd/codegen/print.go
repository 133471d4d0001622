package main

import (
	"path/filepath"
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
		all[i].File = filepath.ToSlash(filepath.Join(a.out, f.Name))
		b.WriteString(all[i].File + "\n")
	}
	if a.JSON() {
		return a.PrintJSON(result{a.warnings, a.notes, all})
	}
	return a.Print(b.String())
}

// printChanges prints what was done.
func (a *app) printChanges(plan *output.Plan) error {
	if a.JSON() {
		return a.PrintJSON(result{a.warnings, a.notes, plan.Changes()})
	}
	var b strings.Builder
	for _, c := range plan.Changes() {
		b.WriteString(c.Verb + " " + c.File + "\n")
	}
	return a.Print(b.String())
}

// printStale prints the changes that a run without --check would make, if any.
func (a *app) printStale(plan *output.Plan) error {
	if a.JSON() {
		if err := a.printChanges(plan); err != nil {
			return err
		}
	} else if err := a.Print(plan.Diff()); err != nil {
		return err
	}
	if plan.Empty() {
		return nil
	}
	a.Note("the generated files are stale; run codegen without --check")
	return cli.ErrFindings
}
