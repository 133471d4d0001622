// Package generator measures generators on the spec and on larger ones. Of this
// module it imports bench, packages and report.
package generator

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/packages"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// size is a document: how many times the operations of the spec it has, how often it
// is measured, and what is.
type size struct {
	times, rounds int
	names         []string
}

// What is measured, as tables name it.
const (
	ours  = "ours"
	check = "ours, --check"
	oapi  = "oapi-codegen"
	ogen  = "ogen"
)

// sizes get fewer jobs as they grow, since the largest takes a minute for each.
var sizes = []size{
	{1, 3, []string{ours, check, oapi, ogen}},
	{10, 1, []string{ours, check, oapi, ogen}},
	{60, 1, []string{ours, oapi}},
}

// Measure measures all generators on all documents.
func Measure(ctx context.Context, set *bench.Settings) ([]report.Section, error) {
	program := filepath.Join(set.Folder, "codegen")
	if _, err := bench.Command(ctx, set.Root, "go", "build", "-o", program, "./cmd/codegen"); err != nil {
		return nil, err
	}
	spec, err := os.ReadFile(filepath.Join(set.Root, "spec", "openapi.yaml"))
	if err != nil {
		return nil, err
	}
	section := report.Section{
		Name: "generator", Title: "Generators", Head: "generator and document",
		Text: "A full run on the spec, and on documents with 10 and 60 times its operations, which share the schemas. Ours writes mocks as well. " +
			"`--check` compares what would be written with the files. Large documents are measured once, the largest with two generators.",
		Columns: []string{"time", "CPU", "memory"},
	}
	for _, s := range sizes {
		rows, err := s.measure(ctx, set, program, spec)
		if err != nil {
			return nil, fmt.Errorf("%d times: %w", s.times, err)
		}
		section.Rows = append(section.Rows, rows...)
	}
	return []report.Section{section}, nil
}

// measure measures all generators on a document of a size.
func (s size) measure(ctx context.Context, set *bench.Settings, program string, spec []byte) (rows []report.Row, err error) {
	document, err := multiply(spec, s.times)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(set.Folder, "generator")
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o750)); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, "openapi.yaml")
	if err := errors.Join(os.WriteFile(file, document, 0o600), os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module example.com/bench\n"), 0o600)); err != nil {
		return nil, err
	}
	jobs, err := s.jobs(ctx, set, program, file)
	if err != nil {
		return nil, err
	}
	runs, err := set.InTurn(ctx, min(s.rounds, set.Rounds), jobs)
	for i, usages := range runs {
		rows = append(rows, report.Row{Name: jobs[i].Name, Cells: []report.Figure{bench.Wall(usages), bench.CPU(usages), bench.Memory(usages)}})
	}
	return rows, err
}

// jobs are a run of each generator on the document.
func (s size) jobs(ctx context.Context, set *bench.Settings, program, file string) ([]bench.Job, error) {
	var jobs []bench.Job
	for _, name := range s.names {
		command, err := commandOf(ctx, set, name, program, file)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, bench.Job{Name: fmt.Sprintf("%s, %dx", name, s.times), Run: func(ctx context.Context) (bench.Usage, error) {
			// A full run of ours writes all files, so none may be there.
			if name == ours {
				if err := os.RemoveAll(filepath.Join(filepath.Dir(file), ours)); err != nil {
					return bench.Usage{}, err
				}
			}
			return bench.Run(ctx, filepath.Dir(file), command[0], command[1:]...)
		}})
	}
	return jobs, nil
}

// commandOf is the command line of a job. Ours is checked in the folder that it wrote.
func commandOf(ctx context.Context, set *bench.Settings, name, program, file string) ([]string, error) {
	folder := filepath.Dir(file)
	full := []string{program, "--spec", file, "--out", filepath.Join(folder, ours)}
	switch name {
	case ours:
		return full, nil
	case check:
		return append(full, "--check"), nil
	case oapi:
		return packages.Command(ctx, set, packages.Oapi, file, filepath.Join(folder, packages.Oapi))
	default:
		return packages.Command(ctx, set, packages.Ogen, file, filepath.Join(folder, packages.Ogen))
	}
}
